using System.Globalization;

namespace ClickFuncs.Batch.Compaction;

/// <summary>
/// The archive lacks records: money must not be counted without them. Nothing of the part was published. Restore the capture files, or
/// capture the range again from the log, and run again.
/// </summary>
/// <param name="partition">Partition of the log.</param>
/// <param name="first">First sequence number that is missing.</param>
/// <param name="last">Last one that is missing.</param>
/// <param name="file">File that begins, or goes on, after the gap.</param>
public sealed class ArchiveGapException(int partition, long first, long last, string file)
    : IOException(string.Create(
        CultureInfo.InvariantCulture,
        $"Partition {partition}: the archive lacks the records {first} to {last}, which come before record {last + 1} of {file}. Restore the capture files that hold them, or capture them again, and compact again."))
{
    /// <summary>Partition of the log.</summary>
    public int Partition { get; } = partition;

    /// <summary>First sequence number that is missing.</summary>
    public long First { get; } = first;

    /// <summary>Last sequence number that is missing.</summary>
    public long Last { get; } = last;
}
