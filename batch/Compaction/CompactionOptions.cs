using System.ComponentModel.DataAnnotations;
using ClickFuncs.Batch.Scratch;

namespace ClickFuncs.Batch.Compaction;

/// <summary>How captured events become Parquet.</summary>
public sealed record CompactionOptions
{
    /// <summary>Into how many buckets events are put by the hash of their id: a power of two. Default 16. A bucket of a day is what one unit
    /// of the recount takes. Parts of different counts can be recounted together.</summary>
    [Range(1, 1024)]
    public int Buckets { get; init; } = 16;

    /// <summary>A part is closed when it has this many records, at the end of a capture file. Default 4,000,000.</summary>
    [Range(1, 100_000_000)]
    public long MaxRecordsPerPart { get; init; } = 4_000_000;

    /// <summary>Event days that get files of their own in a part, those with the most events first; the rest share one. Default 8. Bounds
    /// the number of files when a sender's clock is wild.</summary>
    [Range(1, 366)]
    public int MaxDaysPerPart { get; init; } = 8;

    /// <summary>How far ahead of its arrival an event time may lie: the stream's own tolerance, see the policy in docs/architecture.md. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan FutureTolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Sequence number that the archive of every partition begins with. Default 0; higher where capture was switched on later.</summary>
    [Range(0, long.MaxValue)]
    public long FirstSequence { get; init; }

    /// <summary>Memory, threads and folder.</summary>
    public ScratchOptions Scratch { get; init; } = new();
}
