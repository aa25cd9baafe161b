using System.Text.Json;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Tests.Judgement;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Testing.Events;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Batch.Tests.Close;

/// <summary>R21: the close judges clicks again, credits what the stream billed and should not have, and says so.</summary>
public sealed class JudgedCloseTests
{
    private const long Cost = 450_000;
    private const long Noon = CloseRig.Midnight + 43_200_000;
    private static readonly JudgementRules Strict = NightRig.Defaults;
    private static readonly JudgementRules Lax = NightRig.Defaults with { Threshold = 100 };

    [Fact]
    public async Task Close_BurstThatTheStreamBilled_IsCreditedUnderItsOwnCause()
    {
        var rig = await WithBurstAsync(default);

        var outcome = (await rig.CloseAsync()).ReadOutput<CloseOutcome>();

        Assert.Equal((5, 5 * Cost), (await rig.FinalClicksAsync(), await rig.OwedAsync()));
        Assert.Equal((-40, -40 * Cost, 40), ReJudged(rig, outcome.Revision));
        Assert.Equal(0, rig.Report(outcome.Revision).GetProperty("unexplained").GetProperty("rows").GetInt32());
        var judgement = rig.Report(outcome.Revision).GetProperty("judgement");
        Assert.Equal(Strict.Id, judgement.GetProperty("rule_set").GetString());
        Assert.False(judgement.GetProperty("rules_changed").GetBoolean());
        Assert.Equal("velocity_ip billed invalid 40 -18000000", Assert.Single(Judged(judgement)));
    }

    [Fact]
    public async Task Close_AgainUnderOtherRules_PostsTheDifferenceAndSaysSo()
    {
        var rig = await WithBurstAsync(default);
        await rig.CloseAsync();
        Assert.Equal(5 * Cost, await rig.OwedAsync());

        rig.Rules = Lax;
        var outcome = (await rig.CloseAsync()).ReadOutput<CloseOutcome>();

        Assert.True(outcome.IsNew);
        Assert.Equal((45, 45 * Cost), (await rig.FinalClicksAsync(), await rig.OwedAsync()));
        Assert.Equal(1, outcome.Entries);
        var judgement = rig.Report(outcome.Revision).GetProperty("judgement");
        Assert.True(judgement.GetProperty("rules_changed").GetBoolean());
        Assert.Equal((Strict.Id, Lax.Id), (judgement.GetProperty("rule_set_before").GetString(), judgement.GetProperty("rule_set").GetString()));
        Assert.Empty(Judged(judgement));

        rig.Rules = Strict;
        Assert.True((await rig.CloseAsync()).ReadOutput<CloseOutcome>().IsNew);
        Assert.Equal(5 * Cost, await rig.OwedAsync());
        Assert.False((await rig.CloseAsync()).ReadOutput<CloseOutcome>().IsNew);
    }

    [Fact]
    public async Task Close_AgainWithNothingNew_SaysItsAlertOfTheReportThatStands()
    {
        var rig = await WithBurstAsync(default);
        await rig.CloseAsync();
        rig.Said.Lines.Clear();

        Assert.False((await rig.CloseAsync()).ReadOutput<CloseOutcome>().IsNew);

        var said = Assert.Single(rig.Said.Lines, line => line.Contains("alert 'drift'", StringComparison.Ordinal));
        Assert.Contains("revision 1: see reports/reconciliation/2026-07-01/r0001/", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Close_ClicksThatTheStreamRejectedAndTheNightDoesNot_AreChargedWithALine()
    {
        var rig = await WithBurstAsync(new Verdict(VerdictTier.Invalid, VerdictReasons.VelocityUser));
        rig.Rules = Lax;

        var outcome = (await rig.CloseAsync()).ReadOutput<CloseOutcome>();

        Assert.Equal(45 * Cost, await rig.OwedAsync());
        Assert.Equal((40, 40 * Cost, -40), ReJudged(rig, outcome.Revision));
        Assert.Equal("velocity_user invalid billed 40 18000000", Assert.Single(Judged(rig.Report(outcome.Revision).GetProperty("judgement"))));
    }

    [Fact]
    public async Task Close_KilledBetweenItsSteps_JudgesAllBucketsByTheRulesItBeganWith()
    {
        var rig = await WithBurstAsync(default);
        var failed = false;
        rig.Archive.Lake.BeforeNaming = path =>
        {
            if (!failed && path.Contains("/bucket-", StringComparison.Ordinal))
            {
                (failed, rig.Rules) = (true, Lax);
                throw new IOException("crash");
            }
        };

        await rig.CloseAsync();

        Assert.True(failed);
        Assert.Equal(5 * Cost, await rig.OwedAsync());
    }

    [Fact]
    public async Task Close_LeavesNoClicksByIdentityBehind()
    {
        var rig = await WithBurstAsync(default);
        await rig.CloseAsync();

        Assert.DoesNotContain(rig.Archive.Lake.Paths, path => path.Contains("identities", StringComparison.Ordinal));
        Assert.Contains(rig.Archive.Lake.Paths, path => path.Contains("/judged-", StringComparison.Ordinal));
    }

    /// <summary>Forty clicks of one address within one second, and five of others.</summary>
    private static async Task<CloseRig> WithBurstAsync(Verdict verdict)
    {
        var rig = new CloseRig { Rules = Strict };
        for (var i = 0; i < 40; i++)
            rig.Stream.Append(new TestEvent { ClickId = $"fast_{i}", TimeMs = Noon + (i * 10), Ip = "203.0.113.9", Verdict = verdict });
        for (var i = 0; i < 5; i++)
            rig.Stream.Append(new TestEvent { ClickId = $"slow_{i}", TimeMs = Noon + (i * 100), Ip = $"203.0.113.{i}" });
        await rig.Stream.PublishAsync();
        return rig;
    }

    private static (int Clicks, long Micros, int Invalid) ReJudged(CloseRig rig, int revision)
    {
        var counts = rig.Report(revision).GetProperty("currencies").EnumerateArray()
            .SelectMany(currency => currency.GetProperty("causes").EnumerateArray())
            .Where(cause => cause.GetProperty("cause").GetString() == "re_judged").Select(cause => cause.GetProperty("counts")).ToList();
        return (
            counts.Sum(c => c.GetProperty("clicks").GetInt32()), counts.Sum(c => c.GetProperty("spend_micros").GetInt64()),
            counts.Sum(c => c.GetProperty("invalid_clicks").GetInt32()));
    }

    private static List<string> Judged(JsonElement judgement) =>
    [
        .. judgement.GetProperty("judged").EnumerateArray().Select(row => string.Join(
            ' ', row.GetProperty("reason"), row.GetProperty("before"), row.GetProperty("after"), row.GetProperty("clicks"), row.GetProperty("spend_micros"))),
    ];
}
