using ClickFuncs.Batch.Backfill;
using ClickFuncs.Local.Commands;

namespace ClickFuncs.Local.Tests.Commands;

public sealed class CanaryTextTests
{
    [Theory]
    [InlineData(3, 4, 500, 3, 4, 500, "as near to the truth as")]
    [InlineData(3, 4, 500, 2, 4, 500, "nearer to the truth than")]
    [InlineData(3, 4, 500, 3, 5, 600, "FURTHER from the truth than")]
    [InlineData(3, 4, 500, 3, 4, 501, "FURTHER from the truth than")]
    [InlineData(3, 4, 500, 3, 3, 600, "in part nearer to, in part further from the truth than")]
    public void Describe_DistancesFromTheTruth_AreJudgedByRowsClicksAndSpend(
        long rows, long clicks, long spend, long newRows, long newClicks, long newSpend, string verdict) => Assert.Contains(
        $"The new counts are {verdict} the old", Describe(new TruthDistance(rows, clicks, spend), new TruthDistance(newRows, newClicks, newSpend)), StringComparison.Ordinal);

    [Fact]
    public void Describe_RangeWithoutAClosedDay_SaysThatThereIsNoTruth() =>
        Assert.Contains("no truth to compare with", CanaryText.Describe(Outcome([]), "lake"), StringComparison.Ordinal);

    [Fact]
    public void Describe_ResultThatWaits_NamesBothDecisions() =>
        Assert.EndsWith("'canary promote' has queries show the new counts, 'canary drop' throws them away; so do seven days.", CanaryText.Describe(Outcome([]), "lake"), StringComparison.Ordinal);

    private static string Describe(TruthDistance before, TruthDistance after) =>
        CanaryText.Describe(Outcome([new BackfillTruth(new DateOnly(2026, 7, 1), 1, "USD", before, after)]), "lake");

    private static BackfillOutcome Outcome(IReadOnlyList<BackfillTruth> truth) => new(
        DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), false, new BackfillDifference(7, [], "backfills/x/differences.csv", truth), [],
        new StagedResult(Guid.Empty, new DateOnly(2026, 7, 2)));
}
