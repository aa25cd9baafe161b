using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Local.Log;

/// <summary>Where the log lies on disk and how much it holds.</summary>
internal sealed class SegmentLogOptions
{
    /// <summary>Folder of the segment files; made when absent. Nothing else should live in it.</summary>
    [Required]
    public required string Directory { get; init; }

    /// <summary>Name of the log in metrics, tag <c>log</c>. Default <c>clicks</c>, the one everything is counted from.</summary>
    [Required]
    public string Name { get; init; } = "clicks";

    /// <summary>Number of partitions, default 8. Fixed when the log is created: opening with another number fails.</summary>
    [Range(1, LogFormat.MaxPartitions)]
    public int PartitionCount { get; init; } = 8;

    /// <summary>A segment file is closed before it grows past this many bytes. Default 256 MiB. Larger: fewer files, but a longer
    /// scan at start (the last segment is read in full) and coarser retention.</summary>
    [Range(typeof(long), "4096", "1099511627776")]
    public long SegmentBytes { get; init; } = 256L << 20;

    /// <summary>Room made ahead at the end of the segment in steps of this, when several append at once. Default 1 MiB: of some hundred
    /// syncs one then waits for the file system's journal, not each. 0: none is made.</summary>
    [Range(0, 1 << 30)]
    public int ReserveBytes { get; init; } = 1 << 20;

    /// <summary>Most single appends waiting for the disk at once; more are refused. Default 65,536, about a third of a second of
    /// what the disk takes. It bounds the latency of an append that is accepted.</summary>
    [Range(1, 1 << 24)]
    public int MaxPendingRecords { get; init; } = 65_536;

    /// <summary>Most bytes of single appends waiting for the disk at once; more are refused. Default 64 MiB. It bounds memory.</summary>
    [Range(typeof(long), "1", "536870912")]
    public long MaxPendingBytes { get; init; } = 64L << 20;

    /// <summary>Longest record accepted, in bytes. Default 1 MiB, as Event Hubs takes.</summary>
    [Range(1, 64 << 20)]
    public int MaxRecordBytes { get; init; } = 1 << 20;

    /// <summary>Most bulk groups waiting for the disk at once; a further one waits its turn. Default 2: one is written while the
    /// next is ready.</summary>
    [Range(1, 64)]
    public int MaxPendingGroups { get; init; } = 2;

    /// <summary>Shortest time from one group of several records to the next. Default 2 ms: it is added to the wait of a click at
    /// most, and keeps the cost of syncs below a twentieth of a core.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan GatherTime { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Segments whose newest record is older than this are deleted by retention. Default: none is too old.</summary>
    public TimeSpan? RetainFor { get; init; }

    /// <summary>Oldest segments are deleted by retention while all of them together exceed this many bytes. Default: no limit.</summary>
    [Range(typeof(long), "1", "9223372036854775807")]
    public long? RetainBytes { get; init; }

    /// <summary>After a failed write, appends are refused for this long before the disk is tried again. Default 1 s: a full disk
    /// is noticed as freed soon, and is not hammered meanwhile.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Throws one <see cref="ValidationException"/> that lists everything wrong.</summary>
    public void Validate()
    {
        var errors = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), errors, validateAllProperties: true);
        if (RetainFor <= TimeSpan.Zero)
            errors.Add(new ValidationResult($"{nameof(RetainFor)} must be positive, or absent to keep everything."));
        if (MaxPendingBytes < MaxRecordBytes)
            errors.Add(new ValidationResult($"{nameof(MaxPendingBytes)} must admit one record of {nameof(MaxRecordBytes)}."));
        if (errors.Count > 0)
            throw new ValidationException(string.Join(" ", errors.Select(e => e.ErrorMessage)));
    }
}
