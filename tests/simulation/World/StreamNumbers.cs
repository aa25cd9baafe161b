using ClickFuncs.Windows;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>The stream's numbers at one moment.</summary>
/// <param name="Held">By partition, the last record that is in them.</param>
/// <param name="Hours">By hour and key.</param>
internal sealed record StreamNumbers(IReadOnlyList<long> Held, IReadOnlyDictionary<(long HourMs, DimensionKey Key), WindowMetrics> Hours)
{
    /// <summary>Reads them, positions first: what they hold may be more than that, never less.</summary>
    public static async Task<StreamNumbers> ReadAsync(Pipeline world, Network network, Scheduling.SimulatedProcess reader, DateOnly day)
    {
        await network.CrossAsync(reader);
        var heads = world.State.Heads;
        long[] held = [.. Enumerable.Range(0, world.Log.PartitionCount).Select(p => heads.TryGetValue(p, out var head) ? head.PublishedPosition : -1)];
        await network.CrossAsync(reader);
        var hours = new Dictionary<(long, DimensionKey), WindowMetrics>();
        foreach (var (id, row) in world.Table.Rows)
        {
            held[id.Partition] = Math.Max(held[id.Partition], row.Version);
            var hour = id.StartMs / 3_600_000 * 3_600_000;
            if (DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(hour).UtcDateTime) != day)
                continue;
            var sum = hours.GetValueOrDefault((hour, id.Key));
            sum.Add(row.Metrics);
            hours[(hour, id.Key)] = sum;
        }

        await network.CrossAsync(reader);
        return new StreamNumbers(held, hours);
    }
}
