using System.ComponentModel.DataAnnotations;
using System.Numerics;
using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;

namespace ClickFuncs.Batch.Close;

/// <summary>
/// How the nightly work uses a machine; on Azure, an instance. It changes memory and time, never a number. Every host reads its section
/// <c>Batch</c> into this.
/// </summary>
public sealed record BatchOptions : IValidatableObject
{
    /// <summary>Into how many buckets events are put by the hash of their id: a power of two. Default 16. A bucket of a day is one unit of the
    /// recount.</summary>
    [Range(1, 1024)]
    public int Buckets { get; init; } = 16;

    /// <summary>Most records of one part of the compacted archive. Default 4,000,000.</summary>
    [Range(1, 100_000_000)]
    public long MaxRecordsPerPart { get; init; } = 4_000_000;

    /// <summary>A bucket with more events of the day is counted in shares. Default 4,000,000.</summary>
    [Range(1, 1_000_000_000)]
    public long MaxRowsPerUnit { get; init; } = 4_000_000;

    /// <summary>Memory of one unit's database in MiB; beyond it the unit uses the disk. Default 1,024: half of an instance of 2,048 MB.</summary>
    [Range(64, 1024 * 1024)]
    public int MemoryLimitMiB { get; init; } = 1024;

    /// <summary>Threads of one unit's database. Default 1: the stream has its share too.</summary>
    [Range(1, 256)]
    public int Threads { get; init; } = 1;

    /// <summary>What one unit may take, with its files in a folder.</summary>
    public ScratchOptions ToScratch(string folder) => new() { MemoryLimitMiB = MemoryLimitMiB, Threads = Threads, Folder = folder };

    /// <summary>How captured events become Parquet.</summary>
    public CompactionOptions ToCompaction(ScratchOptions scratch, TimeSpan futureTolerance) => new()
    {
        Buckets = Buckets,
        MaxRecordsPerPart = MaxRecordsPerPart,
        FutureTolerance = futureTolerance,
        Scratch = scratch,
    };

    /// <summary>What one recount may take.</summary>
    public RecountOptions ToRecount(ScratchOptions scratch) => new() { MaxRowsPerUnit = MaxRowsPerUnit, Scratch = scratch };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!BitOperations.IsPow2(Buckets))
            yield return new ValidationResult($"Buckets is {Buckets}; it must be a power of two, such as 16.", [nameof(Buckets)]);
    }
}
