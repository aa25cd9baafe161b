using ClickFuncs.Budgets;
using ClickFuncs.Events;
using ClickFuncs.Testing.Processing;
using ClickFuncs.Testing.Velocity;
using ClickFuncs.Velocity;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>What must be true of spend and flags when a world has come to rest.</summary>
internal static class SecondStageInvariants
{
    public static async Task CheckAsync(Pipeline world, List<List<(long ArrivalMs, byte[] Bytes)>> records)
    {
        await SpendIsThatOfTheRowsAsync(world);
        EveryCountedClickIsSignalledOnce(world, records);
        await FlagsAreThoseOfAnUndisturbedLaneAsync(world);
    }

    private static async Task SpendIsThatOfTheRowsAsync(Pipeline world)
    {
        var table = new SpendTable(await world.Spend.TakeOverAsync(CancellationToken.None));
        var days = world.Table.Rows
            .GroupBy(row => (row.Key.Key.CampaignId, row.Key.Key.Currency, Day: BudgetDay.Of(row.Key.StartMs)))
            .ToDictionary(group => group.Key, group => group.Sum(row => row.Value.Metrics.SpendMicros));
        foreach (var (id, micros) in days)
        {
            var spent = table.Spent(id.CampaignId, id.Currency, id.Day);
            world.Require(spent == micros, $"campaign {id.CampaignId} has spent {spent} on day {id.Day} to the budgets, {micros} to the rows");
        }
    }

    /// <summary>Repeats of a message are skipped by its version, as the lane does; what is left must be one signal per counted click and kind.</summary>
    private static void EveryCountedClickIsSignalledOnce(Pipeline world, List<List<(long ArrivalMs, byte[] Bytes)>> records)
    {
        var heard = new Dictionary<int, (long Version, int Count)>();
        foreach (var message in world.Signals.Records.Select(record => SignalCodec.Decode(record)))
        {
            var (version, count) = heard.GetValueOrDefault(message.Partition, (-1, 0));
            if (message.Version > version)
                heard[message.Partition] = (message.Version, count + message.Signals.Length);
        }

        for (var partition = 0; partition < records.Count; partition++)
        {
            var wanted = Signals(world, records[partition]);
            var got = heard.GetValueOrDefault(partition).Count;
            world.Require(got == wanted, $"partition {partition} sent {got} click signals, not {wanted}");
        }
    }

    private static int Signals(Pipeline world, List<(long ArrivalMs, byte[] Bytes)> records)
    {
        var plain = new NaiveStream(world.Processing);
        var signals = 0;
        for (var i = 0; i < records.Count; i++)
        {
            var e = world.Traffic.Find(records[i].Bytes)!;
            var before = plain.Counters.Accepted + plain.Counters.Invalid;
            plain.Add(i, e with { ArrivalDelayMs = records[i].ArrivalMs - e.TimeMs });
            if (e.Type != EventType.Click || plain.Counters.Accepted + plain.Counters.Invalid == before)
                continue;
            // Close to midnight a click counts under the keys of both days.
            var window = (long)LaneNode.Velocity.Window.TotalMilliseconds;
            var days = e.TimeMs / 86_400_000 == (e.TimeMs + window) / 86_400_000 ? 1 : 2;
            signals += days * ((e.Ip.Length > 0 ? 1 : 0) + (e.UserId.Length > 0 ? 1 : 0));
        }

        return signals;
    }

    private static async Task FlagsAreThoseOfAnUndisturbedLaneAsync(Pipeline world)
    {
        var store = new InMemoryFlagStore();
        var lane = await VelocityLane.OpenAsync(world.Signals, store, new FlagBoard(LaneNode.Velocity.MaxFlags), LaneNode.Velocity, CancellationToken.None);
        while (await lane.StepAsync(CancellationToken.None))
            world.Require(lane.Bytes <= LaneNode.Velocity.MemoryBytes, $"counting takes {lane.Bytes} bytes, more than it may");
        world.Require(
            store.Flags.Count == world.Flags.Flags.Count && store.Flags.All(flag => world.Flags.Flags.TryGetValue(flag.Key, out var other) && other == flag.Value),
            $"the flags are not those of an undisturbed lane: {Text(world.Flags.Flags)} instead of {Text(store.Flags)}");
    }

    private static string Text(IReadOnlyDictionary<ulong, VelocityFlag> flags) => string.Join(", ", flags.Values.OrderBy(flag => flag.Identity));
}
