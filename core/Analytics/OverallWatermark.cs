namespace ClickFuncs.Analytics;

/// <summary>Up to which event time the counts of all partitions together are complete. Pure.</summary>
public static class OverallWatermark
{
    /// <summary>
    /// The lowest watermark of the partitions that are not idle. A partition is idle when it last published more than
    /// <paramref name="idleTimeout"/> before the newest publish: without events its watermark stands still and says
    /// nothing about the others. A partition that has seen no event has no say; if only idle ones have seen any, the
    /// highest of theirs counts.
    /// </summary>
    /// <returns>Milliseconds since the Unix epoch, or null before the first event.</returns>
    public static long? Of(IReadOnlyCollection<PartitionFreshness> partitions, TimeSpan idleTimeout)
    {
        ArgumentNullException.ThrowIfNull(partitions);
        if (AsOf(partitions) is not { } newest)
            return null;
        var idleBefore = newest - (long)idleTimeout.TotalMilliseconds;
        long? lowest = null;
        long? highest = null;
        foreach (var (watermark, publishedAt) in partitions)
        {
            if (watermark == long.MinValue)
                continue;
            highest = Math.Max(highest ?? watermark, watermark);
            if (publishedAt >= idleBefore)
                lowest = Math.Min(lowest ?? watermark, watermark);
        }

        return lowest ?? highest;
    }

    /// <summary>When the newest version of any partition was published; null before the first.</summary>
    public static long? AsOf(IReadOnlyCollection<PartitionFreshness> partitions) =>
        partitions.Count == 0 ? null : partitions.Max(partition => partition.PublishedAtMs);
}
