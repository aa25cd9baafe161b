using System.ComponentModel.DataAnnotations;
using ClickFuncs.Local.Log;

namespace ClickFuncs.Local.Hosting;

/// <summary>The settings of the click log that an operator may want to change; the rest is in <see cref="SegmentLogOptions"/>.</summary>
internal sealed class LocalLogOptions
{
    /// <summary>Number of partitions of a new log, default 8; an existing log keeps its own.</summary>
    [Range(1, 256)]
    public int Partitions { get; init; } = 8;

    /// <summary>Bytes after which a segment file is closed. Default 256 MiB.</summary>
    [Range(typeof(long), "1048576", "1099511627776")]
    public long SegmentBytes { get; init; } = 256L << 20;

    /// <summary>Age at which segments are deleted once they are counted. Default 7 days; the nightly recount needs at least two.</summary>
    [Range(typeof(TimeSpan), "2.00:00:00", "3650.00:00:00")]
    public TimeSpan RetainFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Bytes the log may take before its oldest counted segments are deleted. Default: no limit.</summary>
    [Range(typeof(long), "1", "9223372036854775807")]
    public long? RetainBytes { get; init; }

    /// <summary>The log's own options for a folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="partitions">Number of partitions somebody insists on; null takes the existing log's, or the setting for a new one.</param>
    public SegmentLogOptions At(string directory, int? partitions) => new()
    {
        Directory = directory,
        PartitionCount = partitions ?? LogOpener.FindPartitionCount(directory) ?? Partitions,
        SegmentBytes = SegmentBytes,
        RetainFor = RetainFor,
        RetainBytes = RetainBytes,
    };
}
