using ClickFuncs.Ledger;
using ClickFuncs.Testing.Ledger;

namespace ClickFuncs.Core.Tests.Ledger;

public sealed class LedgerRulesTests
{
    private static readonly JournalId Journal = LedgerSamples.Dollars;
    private static readonly LedgerPosting Charge = LedgerSamples.Charge(Journal);
    private static readonly LedgerPosting Payment = LedgerSamples.Payment(Journal);

    public static TheoryData<string, LedgerPosting> Invalid => new()
    {
        { "sum to zero", Charge with { Legs = [Charge.Legs[0], new("revenue:USD", -1)] } },
        { "sum to zero", Charge with { Legs = [new(Journal.Receivable, long.MaxValue), new("revenue:USD", long.MaxValue)] } },
        { "legs must be", Charge with { Legs = [] } },
        { "legs must be", Charge with { Legs = [Charge.Legs[1], Charge.Legs[0]] } },
        { "legs must be", Charge with { Legs = [Charge.Legs[0], Charge.Legs[1] with { Account = "cash:USD" }] } },
        { "legs must be", Charge with { Legs = [Charge.Legs[0], Charge.Legs[1] with { Account = "revenue:EUR" }] } },
        { "legs must be", LedgerSamples.Charge(LedgerSamples.Other) },
        { "made from day", Charge with { EntryId = "charge:mine" } },
        { "made from day", Charge with { Revision = 2 } },
        { "click day", Charge with { ClickDay = null } },
        { "click day", Charge with { BookedOn = Charge.BookedOn.AddDays(-1) } },
        { "changes nothing", LedgerSamples.Charge(Journal, 0, 0) },
        { "gives nothing back", LedgerSamples.Charge(Journal, -1) },
        { "gives nothing back", Charge with { Corrects = "payment:1" } },
        { "must name the entry", LedgerSamples.Correction(Journal) with { Corrects = null } },
        { "have a reference", Charge with { Reference = "x" } },
        { "campaign must be text", Charge with { CampaignId = "" } },
        { "id must be text", Payment with { EntryId = new string('x', 513) } },
        { "reference must be text", LedgerSamples.Payment(Journal, "") },
        { "reference must be text", LedgerSamples.Payment(Journal, "\ud800") },
        { "note must be text", LedgerSamples.Payment(Journal, note: new string('x', 2049)) },
        { "must be positive", LedgerSamples.Payment(Journal, micros: -5) },
        { "must be positive", LedgerSamples.Payment(Journal, micros: 0) },
        { "kind and reference", Payment with { Reference = "other" } },
        { "have a day", Payment with { Clicks = 1 } },
        { "none of", Payment with { Kind = 0 } },
    };

    [Theory]
    [MemberData(nameof(Invalid), DisableDiscoveryEnumeration = true)]
    public void Problems_BrokenRule_IsSaid(string sentence, LedgerPosting posting) =>
        Assert.Contains(LedgerRules.Problems(Journal, posting), problem => problem.Contains(sentence, StringComparison.Ordinal));

    [Fact]
    public void Problems_ValidOfEachKind_AreNone()
    {
        LedgerPosting[] valid = [Charge, LedgerSamples.Correction(Journal), Payment, LedgerPostings.Credit(Journal, "x", 1, LedgerSamples.Day)];
        Assert.All(valid, posting => Assert.Empty(LedgerRules.Problems(Journal, posting)));
    }

    [Theory]
    [InlineData("adv", "usd")]
    [InlineData("adv", "US")]
    [InlineData("adv", "")]
    [InlineData("", "USD")]
    public void JournalId_Invalid_IsRefused(string advertiser, string currency) =>
        Assert.Throws<ArgumentException>(() => new JournalId(advertiser, currency));

    // Not an argument of the test above: attributes are stored as UTF-8, which can't say it.
    [Fact]
    public void JournalId_LoneSurrogate_IsRefused() => Assert.Throws<ArgumentException>(() => new JournalId("\ud800", "USD"));

    [Fact]
    public void Plan_BalanceBeyondALong_IsRefusedWithASentence()
    {
        var head = new JournalHead(Journal, 1, default, long.MaxValue);
        Assert.Contains(
            "larger than the ledger can hold",
            Assert.Throws<ArgumentException>(() => JournalAppend.Plan(head, [Charge], null, _ => null)).Message,
            StringComparison.Ordinal);
    }
}
