using System.ComponentModel.DataAnnotations;
using System.Numerics;
using ClickFuncs.Batch.Scratch;

namespace ClickFuncs.Functions.Hosting;

/// <summary>How the nightly work uses an instance. It changes memory and time, never a number; the settings are those of one machine.</summary>
public sealed record AzureBatchOptions : IValidatableObject
{
    /// <summary>Into how many buckets events are put by the hash of their id: a power of two. Default 16.</summary>
    [Range(1, 1024)]
    public int Buckets { get; init; } = 16;

    /// <summary>Most records of one part of the compacted archive. Default 4,000,000.</summary>
    [Range(1, 100_000_000)]
    public long MaxRecordsPerPart { get; init; } = 4_000_000;

    /// <summary>A bucket with more events of the day is counted in shares. Default 4,000,000.</summary>
    [Range(1, 1_000_000_000)]
    public long MaxRowsPerUnit { get; init; } = 4_000_000;

    /// <summary>Memory of one unit's database in MiB. Default 1,024: half of an instance of 2,048 MB.</summary>
    [Range(64, 1024 * 1024)]
    public int MemoryLimitMiB { get; init; } = 1024;

    /// <summary>Threads of one unit's database. Default 1.</summary>
    [Range(1, 256)]
    public int Threads { get; init; } = 1;

    /// <summary>What one unit may take, in the instance's temporary folder.</summary>
    public ScratchOptions ToScratch() => new() { MemoryLimitMiB = MemoryLimitMiB, Threads = Threads, Folder = Path.Combine(Path.GetTempPath(), "clickfuncs") };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!BitOperations.IsPow2(Buckets))
            yield return new ValidationResult($"Buckets is {Buckets}; it must be a power of two, such as 16.", [nameof(Buckets)]);
    }
}
