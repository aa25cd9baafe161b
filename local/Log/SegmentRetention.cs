using ClickFuncs.Local.Storage;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Log;

/// <summary>
/// Deletes whole segments from the old end. Each deletion is durable before the next begins, so a crash at any point leaves an
/// unbroken chain.
/// </summary>
internal sealed partial class SegmentRetention(SegmentCatalog catalog, SegmentLogOptions options, TimeProvider time, ILogger logger)
{
    private readonly Lock _gate = new();

    /// <summary>Deletes what may go; see <see cref="SegmentLog.ApplyRetention"/>.</summary>
    public int Apply(ReadOnlySpan<long> floor)
    {
        if (floor.Length != options.PartitionCount)
            throw new ArgumentException($"The floor has {floor.Length} positions, the log has {options.PartitionCount} partitions.", nameof(floor));
        lock (_gate)
        {
            var deleted = CountToDelete(catalog.Snapshot(), floor, options, time.GetUtcNow().ToUnixTimeMilliseconds());
            for (var i = 0; i < deleted; i++)
                DeleteOldest();
            return deleted;
        }
    }

    /// <summary>How many segments at the front may go.</summary>
    /// <param name="segments">All, oldest first; the last one is the one that is written.</param>
    /// <param name="floor">Lowest sequence number still needed, by partition.</param>
    /// <param name="options">Age and size to keep.</param>
    /// <param name="nowMs">Milliseconds since the Unix epoch.</param>
    public static int CountToDelete(ReadOnlySpan<Segment> segments, ReadOnlySpan<long> floor, SegmentLogOptions options, long nowMs)
    {
        var bytes = 0L;
        foreach (var segment in segments)
            bytes += segment.DurableLength;
        var count = 0;
        for (; count < segments.Length - 1; count++)
        {
            var end = segments[count + 1].Header;
            var tooOld = options.RetainFor is { } age && end.ArrivalFloorMs < nowMs - (long)age.TotalMilliseconds;
            var tooMuch = options.RetainBytes is { } limit && bytes > limit;
            if (!(tooOld || tooMuch) || IsNeeded(end.FirstSequences, floor))
                break;
            bytes -= segments[count].DurableLength;
        }

        return count;
    }

    private static bool IsNeeded(ReadOnlySpan<long> endSequences, ReadOnlySpan<long> floor)
    {
        for (var p = 0; p < floor.Length; p++)
        {
            if (endSequences[p] > floor[p])
                return true;
        }

        return false;
    }

    private void DeleteOldest()
    {
        var segment = catalog.RemoveOldest();
        segment.Dispose();
        File.Delete(segment.Path);
        DirectorySync.Flush(Path.GetDirectoryName(segment.Path)!);
        LogDeleted(segment.Path);
    }

    [LoggerMessage(EventId = 3130, Level = LogLevel.Information, Message = "Log segment {Path} was deleted by retention")]
    private partial void LogDeleted(string path);
}
