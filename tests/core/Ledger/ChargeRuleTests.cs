using ClickFuncs.Ledger;
using ClickFuncs.Testing.Ledger;

namespace ClickFuncs.Core.Tests.Ledger;

public sealed class ChargeRuleTests
{
    private static readonly JournalId Journal = LedgerSamples.Dollars;
    private static readonly DateOnly Day = LedgerSamples.Day;
    private readonly List<LedgerEntry> _posted = [];

    [Fact]
    public void Decide_NothingPosted_ChargesTheTotalOnTheDayItself()
    {
        var posting = Decide(1, 900_000, 2)!;

        Assert.Equal((LedgerEntryKind.Charge, 900_000, 2), (posting.Kind, posting.AmountMicros, posting.Clicks));
        Assert.Equal(("charge:2026-07-30:cmp_1:USD:r1", Day, null), (posting.EntryId, posting.BookedOn, posting.Corrects));
        Assert.Empty(LedgerRules.Problems(Journal, posting));
    }

    [Fact]
    public void Decide_LaterRevision_PostsTheDifferenceOnTheDayOfItsRun()
    {
        Post(1, 900_000, 2);
        Post(2, 450_000, 1);

        var posting = Decide(3, 1_350_000, 3)!;

        Assert.Equal((LedgerEntryKind.Correction, 900_000, 2), (posting.Kind, posting.AmountMicros, posting.Clicks));
        Assert.Equal(("charge:2026-07-30:cmp_1:USD:r3", Day.AddDays(3), "charge:2026-07-30:cmp_1:USD:r1"), (posting.EntryId, posting.BookedOn, posting.Corrects));
        Assert.Equal(-450_000, _posted[1].Posting.AmountMicros);
        Assert.Empty(LedgerRules.Problems(Journal, posting));
    }

    [Fact]
    public void Decide_FirstFoundByALaterRevision_IsAChargeBookedOnItsRun()
    {
        var posting = Decide(2, 450_000, 1)!;

        Assert.Equal((LedgerEntryKind.Charge, Day.AddDays(2)), (posting.Kind, posting.BookedOn));
        Assert.Empty(LedgerRules.Problems(Journal, posting));
    }

    [Fact]
    public void Decide_NoDifference_PostsNothing()
    {
        Assert.Null(Decide(1, 0, 0));
        Post(1, 900_000, 2);
        Assert.Null(Decide(2, 900_000, 2));
    }

    [Fact]
    public void Decide_SameMoneyOtherClicks_CorrectsTheClicks()
    {
        Post(1, 900_000, 2);
        Assert.Equal((0, 1), (Decide(2, 900_000, 3)!.AmountMicros, Decide(2, 900_000, 3)!.Clicks));
    }

    [Fact]
    public void Decide_AllJudgedInvalid_GivesAllBack()
    {
        Post(1, 900_000, 2);
        Assert.Equal((-900_000, -2), (Decide(2, 0, 0)!.AmountMicros, Decide(2, 0, 0)!.Clicks));
    }

    [Fact]
    public void Decide_OwnRevisionAgain_GivesTheSameEntryEvenOnAnotherDay()
    {
        Post(1, 900_000, 2);
        Post(2, 450_000, 1);

        Assert.Equal(_posted[1].Posting, Decide(2, 450_000, 1));
        Assert.Equal(_posted[1].Posting, Decide(2, 450_000, 1, runOn: Day.AddDays(9)));
        // And so does an older one, after a newer has posted.
        Assert.Equal(_posted[0].Posting, Decide(1, 900_000, 2));
    }

    [Fact]
    public void Decide_OwnRevisionFindsNothingNow_IsAConflict()
    {
        Post(1, 900_000, 2);
        Assert.Throws<LedgerConflictException>(() => Decide(1, 0, 0));
    }

    [Fact]
    public void Decide_OlderRevisionThanPosted_IsAConflict()
    {
        Post(2, 900_000, 2);
        Assert.Contains("revision 1 of 2026-07-30 is older", Assert.Throws<LedgerConflictException>(() => Decide(1, 450_000, 1)).Message, StringComparison.Ordinal);
        Assert.Null(Decide(1, 0, 0));
    }

    [Fact]
    public void DayClose_NoRevisionOrRunBeforeTheDay_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DayClose(Day, 0, Day));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DayClose(Day, 1, Day.AddDays(-1)));
    }

    private LedgerPosting? Decide(int revision, long micros, long clicks, DateOnly? runOn = null) => ChargeRule.Decide(
        Journal, new DayClose(Day, revision, runOn ?? Day.AddDays(revision)), "cmp_1", new ChargeAmount(micros, clicks), _posted);

    private void Post(int revision, long micros, long clicks) =>
        _posted.Add(new LedgerEntry(Journal, _posted.Count + 1, Decide(revision, micros, clicks)!, default));
}
