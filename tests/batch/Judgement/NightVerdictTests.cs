using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Testing.Events;
using ClickFuncs.Velocity;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Batch.Tests.Judgement;

/// <summary>R21: at night a click is what the rules of then make of its reasons.</summary>
public sealed class NightVerdictTests
{
    private const VerdictReasons OfALaterVersion = (VerdictReasons)(1 << 20);

    [Theory]
    [InlineData(VerdictTier.Suspect, VerdictReasons.DataCenter, RuleEffect.Invalid, VerdictTier.Invalid)]
    [InlineData(VerdictTier.Invalid, VerdictReasons.DataCenter, RuleEffect.Suspect, VerdictTier.Suspect)]
    [InlineData(VerdictTier.Invalid, VerdictReasons.DataCenter, RuleEffect.Off, VerdictTier.Valid)]
    [InlineData(VerdictTier.Invalid, VerdictReasons.DataCenter | VerdictReasons.KnownBot, RuleEffect.Off, VerdictTier.Invalid)]
    [InlineData(VerdictTier.Invalid, VerdictReasons.VelocityIp, RuleEffect.Invalid, VerdictTier.Valid)]
    [InlineData(VerdictTier.Invalid, OfALaterVersion, RuleEffect.Invalid, VerdictTier.Invalid)]
    [InlineData(VerdictTier.Suspect, OfALaterVersion, RuleEffect.Invalid, VerdictTier.Suspect)]
    public async Task Judge_ReasonsOfAClick_HaveTheEffectTheRulesSay(VerdictTier tier, VerdictReasons reasons, RuleEffect dataCenters, VerdictTier expected)
    {
        var log = new LogOfEvents(1);
        log.Append(0, new TestEvent { Verdict = new Verdict(tier, reasons) });
        var rules = JudgementRules.Of(new VelocityOptions(), new VerdictOptions { DataCenters = dataCenters });

        var night = await new NightRig().JudgeAsync(log, RandomLog.Day, rules);

        Assert.Equal(expected, night.Clicks.Count == 0 ? tier : Assert.Single(night.Clicks).After.Tier);
    }

    [Fact]
    public void Id_OfOtherRules_IsAnother()
    {
        var rules = JudgementRules.Of(new VelocityOptions(), new VerdictOptions());

        Assert.Equal(rules.Id, JudgementRules.Of(new VelocityOptions(), new VerdictOptions()).Id);
        Assert.NotEqual(rules.Id, JudgementRules.Of(new VelocityOptions { Threshold = 31 }, new VerdictOptions()).Id);
        Assert.NotEqual(rules.Id, JudgementRules.Of(new VelocityOptions(), new VerdictOptions { KnownBots = RuleEffect.Suspect }).Id);
        // What memory the stream may take says nothing of clicks.
        Assert.Equal(rules.Id, JudgementRules.Of(new VelocityOptions { MemoryBytes = 64 << 20 }, new VerdictOptions()).Id);
    }
}
