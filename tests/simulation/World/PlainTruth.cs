using ClickFuncs.Events;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>What must be billed, as plainly as it can be said: of all copies of an event the first by event time counts. Shares nothing with the recount.</summary>
internal static class PlainTruth
{
    /// <summary>What each campaign owes for each day.</summary>
    public static Dictionary<(DateOnly Day, string Advertiser, string Campaign), (long Micros, long Clicks)> Of(
        Pipeline world, List<List<(long ArrivalMs, byte[] Bytes)>> records)
    {
        var valid = records
            .SelectMany((partition, p) => partition.Select((record, i) => (Event: world.Traffic.Find(record.Bytes)!, record.ArrivalMs, Partition: p, Index: i)))
            .Where(copy => copy.Event.Raw == null && copy.Event.Type == EventType.Click)
            .Where(copy => copy.Event.TimeMs - copy.ArrivalMs <= world.Processing.FutureTolerance.TotalMilliseconds);
        var owed = new Dictionary<(DateOnly, string, string), (long Micros, long Clicks)>();
        foreach (var copies in valid.GroupBy(copy => copy.Event.ClickId))
        {
            var first = copies.MinBy(copy => (copy.Event.TimeMs, copy.Partition, copy.Index)).Event;
            var billed = Measures.Of(first);
            var id = (DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(first.TimeMs).UtcDateTime), first.Key.AdvertiserId, first.Key.CampaignId);
            var sum = owed.GetValueOrDefault(id);
            owed[id] = (sum.Micros + billed.SpendMicros, sum.Clicks + billed.Clicks);
        }

        return owed;
    }
}
