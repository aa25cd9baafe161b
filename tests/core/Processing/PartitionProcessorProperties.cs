using ClickFuncs.Events;
using ClickFuncs.Processing;
using ClickFuncs.Testing.Events;
using ClickFuncs.Testing.Processing;
using ClickFuncs.Verdicts;
using ClickFuncs.Windows;

namespace ClickFuncs.Core.Tests.Processing;

/// <summary>
/// Any arrival order, any duplication, any batch split, any crash and redelivery give the windows of the naive reference.
/// Seeds are consecutive; a failure names its seed. More of them: set CLICKFUNCS_SEEDS.
/// </summary>
public sealed class PartitionProcessorProperties
{
    private static readonly int Seeds =
        int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_SEEDS"), out var seeds) ? seeds : 300;

    [Fact]
    public void Process_AnyStreamSplitAndCrash_GivesTheNaiveWindows()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var options = RandomOptions(random);
            var events = RandomStream(random);
            var rig = new PartitionRig(options);
            var naive = new NaiveStream(options);
            foreach (var (e, index) in events.Select((e, index) => (e, index)))
            {
                rig.Append(e);
                naive.Add(index, e);
            }

            RunWithFaults(rig, random);

            var message = $"seed {seed}";
            Assert.True(naive.Counters == rig.Counters, $"{message}: expected {naive.Counters}, got {rig.Counters}");
            Assert.True(naive.Windows.Count == rig.Sink.Count, $"{message}: expected {naive.Windows.Count} rows, got {rig.Sink.Count}");
            foreach (var (key, metrics) in naive.Windows)
                Assert.True(rig.Sink[key].Metrics == metrics, $"{message}: {key} expected {metrics}, got {rig.Sink[key].Metrics}");
            Assert.Equal(naive.SideOutputs, rig.SideOutputs.Select(o => (o.Kind, (int)o.Sequence)));
        }
    }

    [Fact]
    public void Process_ArrivalOrderWithinLateness_DoesNotMatter()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var options = new ProcessorOptions();
            var events = Enumerable.Range(0, 400)
                .Select(i => RandomEvent(random, i) with { TimeMs = TestEvent.Noon + random.Next(14 * 60_000) })
                .ToArray();
            // Repeats are the same event to the letter: which of them comes first must not matter either.
            events = [.. events, .. Enumerable.Range(0, 40).Select(_ => events[random.Next(events.Length)])];

            Assert.Equal(WindowsOf(events, options), WindowsOf([.. events.OrderBy(_ => random.Next())], options));
        }
    }

    private static Dictionary<(long, DimensionKey), WindowMetrics> WindowsOf(TestEvent[] events, ProcessorOptions options)
    {
        var rig = new PartitionRig(options);
        foreach (var e in events)
            rig.Append(e);
        rig.RunToEnd();
        return rig.Sink.OrderBy(r => r.Key.WindowStartMs).ThenBy(r => r.Key.Key.ToString(), StringComparer.Ordinal)
            .ToDictionary(r => r.Key, r => r.Value.Metrics);
    }

    private static void RunWithFaults(PartitionRig rig, Random random)
    {
        while (rig.Position + 1 < rig.LogLength)
        {
            var unit = rig.Process(rig.Read(1 + random.Next(random.Next(2) == 0 ? 5 : 3000), overlap: random.Next(4)));
            switch (random.Next(8))
            {
                case 0: // Crash before the commit.
                    rig.CrashAndRecover();
                    break;
                case 1: // Crash after the commit, before publishing.
                    rig.Commit(unit);
                    rig.CrashAndRecover();
                    break;
                case 2: // Published, but a crash before that was noted: published again.
                    rig.Commit(unit);
                    rig.Publish(unit);
                    rig.CrashAndRecover();
                    break;
                default:
                    rig.Commit(unit);
                    rig.Publish(unit);
                    rig.MarkPublished();
                    if (random.Next(4) == 0)
                        rig.Snapshot();
                    break;
            }
        }
    }

    private static ProcessorOptions RandomOptions(Random random) => new()
    {
        OutOfOrderness = TimeSpan.FromSeconds(random.Next(61)),
        AllowedLateness = TimeSpan.FromSeconds(random.Next(20 * 60)),
        DedupHorizon = TimeSpan.FromMinutes(1 + random.Next(random.Next(2) == 0 ? 20 : 3000)),
        FutureTolerance = TimeSpan.FromMinutes(5),
    };

    private static List<TestEvent> RandomStream(Random random)
    {
        var events = new List<TestEvent>();
        var now = TestEvent.Noon;
        var count = random.Next(2000);
        for (var i = 0; i < count; i++)
        {
            now += random.Next(500) == 0 ? random.Next(3 * 24 * 3_600_000) : random.Next(2000);
            var e = random.Next(100) < 10 && events.Count > 0
                ? events[random.Next(Math.Max(0, events.Count - 300), events.Count)]
                : RandomEvent(random, i);
            events.Add(random.Next(100) switch
            {
                0 => e with { Raw = [0xff, (byte)i] },
                1 => e with { TimeMs = now, ArrivalDelayMs = -6 * 60_000 },
                < 8 => e with { TimeMs = now - random.Next(3 * 3_600_000) },
                < 12 => e, // A repeat with its old time, or an event at noon: late when time has moved on.
                _ => e with { TimeMs = now - random.Next(40_000) },
            });
        }

        return events;
    }

    private static Verdict AnyVerdict(Random random) => random.Next(6) switch
    {
        0 => new Verdict(VerdictTier.Invalid, VerdictReasons.KnownBot),
        1 => new Verdict(VerdictTier.Suspect, VerdictReasons.MissingUserAgent),
        2 => Verdict.Valid,
        _ => default,
    };

    private static TestEvent RandomEvent(Random random, int i) => new()
    {
        ClickId = $"clk_{i}",
        Type = random.Next(10) switch { 0 => EventType.Impression, 1 => EventType.Conversion, 2 => EventType.NonClick, _ => EventType.Click },
        CostMicros = random.Next(3) * 150_000L,
        Verdict = AnyVerdict(random),
        OverBudget = random.Next(5) == 0,
        Key = new DimensionKey(
            $"adv_{random.Next(2)}", $"cmp_{random.Next(3)}", random.Next(2) == 0 ? "" : "grp_1", $"ad_{random.Next(6)}",
            random.Next(2) == 0 ? "" : "cr_ø", "USD", random.Next(2) == 0 ? "" : "mobile", random.Next(2) == 0 ? "" : "NO"),
    };
}
