using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Batch.Tests.Judgement;

/// <summary>
/// R21: whatever lies on the log, the night flags the clicks that looking at every window of every click flags, and no others. Seeds are consecutive;
/// a failure names its seed. More of them: set CLICKFUNCS_SEEDS.
/// </summary>
public sealed class NightVelocityProperties
{
    private static readonly int Seeds =
        int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_SEEDS"), out var seeds) ? seeds : 6;

    [Fact]
    public async Task Judge_AnyDay_FlagsWhatTheRuleSays()
    {
        var flagged = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var log = BurstDay.Random(random, 60);
            var resolution = new[] { 100, 700, 1_000 }[random.Next(3)];
            var rules = NightRig.Defaults with
            {
                Threshold = random.Next(2, 8),
                ResolutionMs = resolution,
                WindowMs = resolution * random.Next(1, 11),
                CoolingMs = random.Next(1, 240) * 60_000L,
            };
            var policy = new CountingPolicy { LookBackDays = random.Next(3) };
            var rig = new NightRig
            {
                Archive = new ArchiveRig
                {
                    Compaction = new CompactionOptions { Buckets = 1 << random.Next(3), MaxRecordsPerPart = random.Next(50, 600) },
                    Recount = new RecountOptions { MaxRowsPerUnit = random.Next(20, 500) },
                },
            };

            var night = await rig.JudgeAsync(log, RandomLog.Day, rules, policy);

            foreach (var reason in (VerdictReasons[])[VerdictReasons.VelocityIp, VerdictReasons.VelocityUser])
            {
                var expected = PlainJudgement.Flagged(log, RandomLog.Day, policy, rules, reason);
                Assert.True(expected.SetEquals(night.With(reason)), $"seed {seed}, {reason}: {string.Join(' ', expected.Except(night.With(reason)))} missing, {string.Join(' ', night.With(reason).Except(expected))} too much");
                flagged += expected.Count;
            }
        }

        Assert.True(flagged > 50 * Seeds, $"Only {flagged} clicks were flagged: the days are too quiet to tell.");
    }
}
