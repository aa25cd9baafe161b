using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Testing.Events;

namespace ClickFuncs.Batch.Tests.Judgement;

/// <summary>
/// Days of clicks around <see cref="RandomLog.Day"/>: bursts of a few addresses and users on a few ads, about its midnights and its noon, with copies,
/// over all partitions and out of order.
/// </summary>
internal static class BurstDay
{
    public const long Midnight = RandomLog.Day * 86_400_000L;

    public static LogOfEvents Random(Random random, int bursts)
    {
        var clicks = new List<TestEvent>();
        for (var burst = 0; burst < bursts; burst++)
            clicks.AddRange(Burst(random, burst, random.Next(1, 14), Centre(random), random.Next(100, 8_000)));
        clicks.AddRange(clicks.Where(_ => random.Next(6) == 0).Select(click => click with { TimeMs = click.TimeMs + random.NextInt64(2 * 86_400_000L) }).ToList());
        return Log(random, clicks);
    }

    /// <summary>Clicks of one address and user on one ad.</summary>
    public static IEnumerable<TestEvent> Burst(Random random, int name, int count, long startMs, int lengthMs)
    {
        var (ip, user, ad) = ($"203.0.113.{random.Next(4)}", random.Next(3) == 0 ? "" : $"usr_{random.Next(4)}", random.Next(3));
        ip = random.Next(8) switch { 0 => "127.0.0.1", 1 => "", _ => ip };
        for (var i = 0; i < count; i++)
            yield return Click($"clk_{name}_{i}", startMs + random.Next(lengthMs), ip, user, $"ad_{ad}");
    }

    public static TestEvent Click(string id, long timeMs, string ip, string user, string ad = "ad_1") =>
        new() { ClickId = id, TimeMs = timeMs, Ip = ip, UserId = user, Key = new TestEvent().Key with { AdId = ad } };

    /// <summary>Clicks as they lie on a log: in a few partitions by their id, up to a minute out of order.</summary>
    public static LogOfEvents Log(Random random, IEnumerable<TestEvent> clicks)
    {
        var log = new LogOfEvents(1 + random.Next(4));
        foreach (var click in clicks.OrderBy(click => click.TimeMs + random.Next(60_000)))
            log.Append(click.ClickId.Sum(c => c) % log.PartitionCount, click);
        return log;
    }

    // About both midnights, and about noon.
    private static long Centre(Random random) => Midnight + (random.Next(3) * 43_200_000L) + random.Next(-4_000_000, 4_000_000);
}
