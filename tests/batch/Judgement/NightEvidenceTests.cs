using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Disputes;
using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Testing.Events;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Batch.Tests.Judgement;

/// <summary>R21, R29: who disputes a click is shown why it is invalid, and which window was too full.</summary>
public sealed class NightEvidenceTests
{
    private const long Noon = BurstDay.Midnight + 43_200_000;

    [Fact]
    public async Task Evidence_OfAClickThatWasTooFast_ShowsTheWindow()
    {
        var rig = new NightRig();
        var log = new LogOfEvents(1);
        for (var i = 0; i < 40; i++)
            log.Append(0, BurstDay.Click($"fast_{i}", Noon + i, "203.0.113.1", ""));
        log.Append(0, BurstDay.Click("slow", Noon + 50, "203.0.113.2", "") with { Verdict = new Verdict(VerdictTier.Suspect, VerdictReasons.MissingUserAgent) });
        await rig.JudgeAsync(log, RandomLog.Day, NightRig.Defaults);
        var date = EventDays.ToDate(RandomLog.Day);

        var page = await new EvidenceReader(rig.Archive.Lake, new ScratchOptions(), [JudgementPaths.Judged(date, 1, 0), JudgementPaths.Judged(date, 1, 1)]).ReadAsync(
            new EvidenceQuery(date, "adv_1", "cmp_1"), ArchiveRig.CutOf(log), 100, null, CancellationToken.None);

        Assert.Equal(41, page.Clicks.Count);
        foreach (var click in page.Clicks.Where(click => click.ClickId != "slow"))
        {
            Assert.Equal((false, true), (click.Counts, click.IsInvalid));
            Assert.Equal((default, new Verdict(VerdictTier.Invalid, VerdictReasons.VelocityIp)), (click.CameAs, click.Verdict));
            Assert.Equal((new VelocityEvidence(Noon, Noon, 40), null), (click.Address, click.User));
        }

        var slow = page.Clicks.Single(click => click.ClickId == "slow");
        Assert.Equal((true, VerdictReasons.MissingUserAgent, null), (slow.Counts, slow.Verdict.Reasons, slow.Address));
    }
}
