using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Events;
using ClickFuncs.Ledger;
using ClickFuncs.Testing.Events;
using ClickFuncs.Verdicts;
using ClickFuncs.Windows;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>
/// The recount of a day in memory: the real judge of copies over what is archived, with the sums that DuckDB does otherwise. A database a world
/// would cost a hundred times the rest of it.
/// </summary>
internal sealed class MemoryRecount
{
    private readonly Pipeline _world;
    private readonly DateOnly _day;
    private readonly Dictionary<(RecountCause Cause, long HourMs, DimensionKey Key), Measures> _sums = [];

    public MemoryRecount(Pipeline world, DateOnly day) => (_world, _day) = (world, day);

    /// <summary>Counts.</summary>
    /// <param name="records">By partition, what is archived.</param>
    /// <param name="cut">By partition, the last record that counts.</param>
    /// <param name="held">By partition, the last record that is in the stream's numbers.</param>
    public void Count(List<List<(long ArrivalMs, byte[] Bytes)>> records, IReadOnlyList<long> cut, IReadOnlyList<long> held)
    {
        var copies = new SortedDictionary<(EventType, string), List<(EventCopy Copy, TestEvent Event)>>();
        for (var partition = 0; partition < records.Count; partition++)
            Collect(partition, records[partition], cut[partition], held[partition], copies);
        var marks = new List<CopyMark>();
        var options = _world.Processing;
        var policy = new CountingPolicy
        {
            OutOfOrderness = options.OutOfOrderness,
            AllowedLateness = options.AllowedLateness,
            DedupHorizon = options.DedupHorizon,
            FutureTolerance = options.FutureTolerance,
        };
        var judge = new CopyJudge(policy, EventDays.Of(_day), long.MinValue, marks);
        foreach (var group in copies.Values)
        {
            foreach (var (copy, _) in group)
                judge.Add(copy);
            judge.End();
        }

        var events = copies.Values.SelectMany(group => group).ToDictionary(copy => (copy.Copy.Partition, copy.Copy.Sequence), copy => copy.Event);
        foreach (var mark in marks)
        {
            var e = events[(mark.Partition, mark.Sequence)];
            var id = (mark.Cause, e.TimeMs / 3_600_000 * 3_600_000, e.RowKey);
            _sums[id] = _sums.GetValueOrDefault(id) + (Measures.Of(e) * mark.Counts);
        }
    }

    /// <summary>What the day should be charged.</summary>
    public IReadOnlyList<CampaignTotal> Totals() =>
    [
        .. from sum in _sums
           where sum.Key.Cause == RecountCause.Truth
           group sum.Value by (sum.Key.Key.AdvertiserId, sum.Key.Key.Currency, sum.Key.Key.CampaignId) into campaign
           orderby campaign.Key
           let total = campaign.Aggregate(default(Measures), (a, b) => a + b)
           where total.Clicks != 0 || total.SpendMicros != 0
           select new CampaignTotal(
               new JournalId(campaign.Key.AdvertiserId, campaign.Key.Currency), campaign.Key.CampaignId, new ChargeAmount(total.SpendMicros, total.Clicks)),
    ];

    /// <summary>Truth less the stream less what is explained must be nothing, row by row.</summary>
    public void RequireExplained(StreamNumbers stream)
    {
        foreach (var key in _sums.Keys.Select(id => (id.HourMs, id.Key)).Union(stream.Hours.Keys))
        {
            var truth = Sum(key, cause => cause == RecountCause.Truth);
            var explained = Sum(key, cause => cause is not (RecountCause.Truth or RecountCause.EarlierDay));
            var counted = Measures.Of(stream.Hours.GetValueOrDefault(key));
            _world.Require(
                truth == counted + explained,
                $"a difference of {_day:yyyy-MM-dd} is unexplained at {key}: truth {truth}, stream {counted}, explained {explained}");
        }
    }

    private Measures Sum((long HourMs, DimensionKey Key) key, Func<RecountCause, bool> wanted) => Enum.GetValues<RecountCause>()
        .Where(wanted).Aggregate(default(Measures), (sum, cause) => sum + _sums.GetValueOrDefault((cause, key.HourMs, key.Key)));

    private void Collect(
        int partition, List<(long ArrivalMs, byte[] Bytes)> records, long cut, long held,
        SortedDictionary<(EventType, string), List<(EventCopy Copy, TestEvent Event)>> copies)
    {
        long? streamTime = null;
        for (var sequence = 0; sequence <= cut; sequence++)
        {
            var (arrivalMs, bytes) = records[sequence];
            var e = _world.Traffic.Find(bytes)!;
            if (e.Raw != null || e.TimeMs > arrivalMs + (long)_world.Processing.FutureTolerance.TotalMilliseconds)
                continue;
            streamTime = Math.Max(streamTime ?? e.TimeMs, e.TimeMs);
            if (e.Type == EventType.NonClick)
                continue;
            if (!copies.TryGetValue((e.Type, e.ClickId), out var all))
                copies.Add((e.Type, e.ClickId), all = []);
            all.Add((new EventCopy(partition, sequence, e.TimeMs, streamTime.Value, sequence > held ? CopyFate.NotProcessed : CopyFate.Processed), e));
        }
    }
}
