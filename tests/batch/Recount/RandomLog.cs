using ClickFuncs.Events;
using ClickFuncs.Testing.Events;
using ClickFuncs.Verdicts;
using ClickFuncs.Windows;

namespace ClickFuncs.Batch.Tests.Recount;

/// <summary>
/// Logs with everything that makes counting hard: repeats in and out of order, across midnight, beyond the horizon, with another time, key
/// or partition; late ones, wild clocks, non-clicks and rubbish.
/// </summary>
internal static class RandomLog
{
    public const int Day = 20_635; // 2026-07-01
    private const long Start = (Day - 2) * 86_400_000L;
    private static readonly string[] Currencies = ["USD", "EUR"];

    public static LogOfEvents Make(Random random, int count)
    {
        var log = new LogOfEvents(1 + random.Next(3));
        var now = Start;
        var known = new List<TestEvent>();
        for (var i = 0; i < count; i++)
        {
            now += Step(random, count);
            var e = known.Count > 0 && random.Next(4) == 0 ? Repeat(random, known[random.Next(known.Count)], now) : New(random, i, now);
            e = e with { ArrivalDelayMs = Delay(random) };
            known.Add(e);
            log.Append(random.Next(10) == 0 ? random.Next(log.PartitionCount) : Partition(e, log.PartitionCount), e);
        }

        return log;
    }

    // Most of the time little happens; the midnights are crowded.
    private static long Step(Random random, int count) => random.Next(40) == 0 ? random.Next(1, (int)(5 * 86_400_000L * 40 / count)) : random.Next(20_000);

    private static int Partition(TestEvent e, int count) => e.ClickId.Sum(c => c) % count;

    private static TestEvent New(Random random, int index, long now) => new()
    {
        ClickId = random.Next(30) == 0 ? $"naïve\\{index}\0" : $"clk_{index}",
        TimeMs = now - (random.Next(3) == 0 ? Back(random) : random.Next(2_000)),
        Type = random.Next(8) switch { 0 => EventType.Impression, 1 => EventType.Conversion, 2 => EventType.NonClick, _ => EventType.Click },
        CostMicros = random.Next(3) * 450_001,
        Verdict = AnyVerdict(index),
        OverBudget = index % 6 == 0,
        Key = Key(random),
        UserId = random.Next(2) == 0 ? "" : "usr_1",
        Ip = random.Next(2) == 0 ? "" : "203.0.113.7",
        UserAgent = random.Next(2) == 0 ? "" : "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)",
        Raw = random.Next(40) == 0 ? [0xff, 1, 2] : null,
    };

    /// <summary>The same event again: to the letter, clicked again later, or with whatever else its sender made of it.</summary>
    private static TestEvent Repeat(Random random, TestEvent e, long now) => random.Next(5) switch
    {
        0 => e,
        1 => e with { TimeMs = now },
        2 => e with { TimeMs = e.TimeMs + random.Next(-100_000, 100_000) },
        3 => e with { TimeMs = now - Back(random), Verdict = AnyVerdict(now), Key = Key(random), CostMicros = random.Next(3) * 450_001 },
        _ => e with { Type = random.Next(3) == 0 ? EventType.Impression : EventType.Click, TimeMs = now },
    };

    // Not by the generator's dice: a seed goes on making the log it made before there were verdicts.
    private static Verdict AnyVerdict(long seed) => (seed * 7 % 5) switch
    {
        0 => new Verdict(VerdictTier.Invalid, VerdictReasons.KnownBot),
        1 => new Verdict(VerdictTier.Suspect, VerdictReasons.MissingUserAgent),
        _ => Verdict.Valid,
    };

    private static long Back(Random random) => random.Next(4) switch
    {
        0 => random.Next(60_000),
        1 => random.Next(1_200_000),
        2 => random.Next(86_400_000),
        _ => random.NextInt64(12 * 86_400_000L),
    };

    private static long Delay(Random random) => random.Next(25) == 0 ? -random.Next(600_000) : random.Next(1_000);

    private static DimensionKey Key(Random random) => new(
        $"adv_{random.Next(2)}", "cmp_1", random.Next(2) == 0 ? "" : "grp_1", $"ad_{random.Next(2)}", "", Currencies[random.Next(2)], "mobile",
        random.Next(2) == 0 ? "NO" : "");
}
