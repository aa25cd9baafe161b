using System.Globalization;
using ClickFuncs.Analytics;
using ClickFuncs.Batch.Close;

namespace ClickFuncs.Batch.Backfill;

/// <summary>Whether the stream is done with a range. Pure.</summary>
internal static class RangeClosing
{
    /// <summary>
    /// Why the range can't be backfilled yet, in a sentence; null if it can. The partition that is furthest decides: one that is
    /// behind it has had no later event, and everything it had is published.
    /// </summary>
    /// <param name="toMs">End of the range.</param>
    /// <param name="policy">The policy that the stream runs with now.</param>
    /// <param name="progress">Where the partitions stand; all of it published.</param>
    internal static string? Problem(long toMs, ReplayPolicy policy, IReadOnlyList<PartitionProgress> progress)
    {
        var watermark = progress.Select(partition => partition.WatermarkMs).DefaultIfEmpty(long.MinValue).Max();
        if (watermark == long.MinValue)
            return "There is nothing to backfill: the stream has had no event.";
        var closed = policy.ClosedThroughMs(watermark);
        return closed >= toMs
            ? null
            : $"The stream may still change the hour before {Text(toMs)}: with an allowed lateness of {policy.AllowedLateness:c} it is done with what ended by {Text(closed)}. "
                + $"End the range at {Text(Math.Max(0, Granularities.Floor(closed, Granularities.HourMs)))} or before, or wait for later events.";
    }

    private static string Text(long timeMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(timeMs).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
}
