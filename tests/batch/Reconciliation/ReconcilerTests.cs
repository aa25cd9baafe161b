using ClickFuncs.Batch.Reconciliation;
using static ClickFuncs.Batch.Tests.Reconciliation.ComparisonRig;

namespace ClickFuncs.Batch.Tests.Reconciliation;

public sealed class ReconcilerTests
{
    [Fact]
    public async Task Run_StreamEqualsRecount_HasNoDifferenceAndNoAlert()
    {
        using var rig = new ComparisonRig();
        rig.Recount("truth", 3, Key("a"), 10, 4_500_000, impressions: 7);
        rig.Stream(3, Key("a"), 10, 4_500_000, impressions: 7);

        var report = await rig.ReconcileAsync();

        var usd = Assert.Single(report.Currencies);
        Assert.Equal(new Counts(7, 10, 0, 4_500_000), usd.Truth);
        Assert.Equal(usd.Truth, usd.Stream);
        Assert.True(usd.Difference.IsZero);
        Assert.Empty(report.Alerts);
        Assert.Equal(0, report.Unexplained.Rows);
    }

    [Fact]
    public async Task Run_DifferencesWithCauses_PutsEachToItsCauseAndLeavesNothing()
    {
        using var rig = new ComparisonRig();
        rig.Recount("truth", 3, Key("a"), 10_000, 10_000_000);
        rig.Recount("too_late", 3, Key("a"), 4, 4_000);
        rig.Recount("beyond_horizon", 3, Key("a"), -1, -1_000);
        rig.Stream(3, Key("a"), 9_997, 9_997_000);

        var report = await rig.ReconcileAsync();

        var usd = Assert.Single(report.Currencies);
        Assert.Equal(new Counts(0, 3, 0, 3_000), usd.Difference);
        Assert.Equal(new Counts(0, 4, 0, 4_000), usd.Causes.Single(c => c.Cause == "too_late").Counts);
        Assert.Equal(new Counts(0, -1, 0, -1_000), usd.Causes.Single(c => c.Cause == "beyond_horizon").Counts);
        Assert.True(usd.Unexplained.IsZero);
        Assert.Equal(300, usd.DriftPpm.Clicks);
        Assert.Empty(report.Alerts);
    }

    [Fact]
    public async Task Run_RowDeletedAndRowInflated_ListsExactlyThose()
    {
        using var rig = new ComparisonRig();
        foreach (var ad in (string[])["a", "b", "c"])
            rig.Recount("truth", 5, Key(ad), 50, 5_000_000);
        rig.Stream(5, Key("a"), 50, 5_000_000);
        rig.Stream(5, Key("c"), 60, 6_000_000);

        var report = await rig.ReconcileAsync();

        Assert.Equal((2, 1, 0), (report.Unexplained.Rows, report.Unexplained.MissingInStream, report.Unexplained.MissingInTruth));
        Assert.Equal(["b", "c"], report.Unexplained.Listed.Select(row => row.AdId));
        Assert.Equal([50L, -10L], report.Unexplained.Listed.Select(row => row.Unexplained.Clicks));
        Assert.Equal(["drift", "unexplained"], report.Alerts);
    }

    [Fact]
    public async Task Run_FreeClickJudgedOtherwiseInTheStream_IsUnexplained()
    {
        using var rig = new ComparisonRig();
        rig.Recount("truth", 3, Key("a"), 10, 0, invalid: 1);
        rig.Stream(3, Key("a"), 10, 0);

        var report = await rig.ReconcileAsync();

        Assert.Equal(new Counts(0, 0, 0, 0, InvalidClicks: 1), Assert.Single(report.Currencies).Unexplained);
        Assert.Equal(1, report.Unexplained.Rows);
    }

    [Fact]
    public async Task Run_ErrorsThatCancelOverKeys_StayUnexplainedAndDrift()
    {
        using var rig = new ComparisonRig();
        rig.Recount("truth", 1, Key("a", "mobile"), 10, 100);
        rig.Recount("truth", 1, Key("a", "desktop"), 10, 100);
        rig.Stream(1, Key("a", "mobile"), 11, 110);
        rig.Stream(1, Key("a", "desktop"), 9, 90);

        var report = await rig.ReconcileAsync();

        Assert.True(Assert.Single(report.Currencies).Difference.IsZero);
        Assert.Equal(2, report.Unexplained.Rows);
        Assert.Equal(100_000, report.Currencies[0].DriftPpm.Clicks);
    }

    [Fact]
    public async Task Run_RowOnlyInStream_IsMissingInTruth()
    {
        using var rig = new ComparisonRig();
        rig.Stream(1, Key("ghost", currency: ""), 0, 0, impressions: 3);

        var report = await rig.ReconcileAsync();

        Assert.Equal((1, 0, 1), (report.Unexplained.Rows, report.Unexplained.MissingInStream, report.Unexplained.MissingInTruth));
    }

    [Fact]
    public async Task Run_MoreUnexplainedThanListed_CountsAll()
    {
        using var rig = new ComparisonRig();
        for (var i = 0; i < 5; i++)
            rig.Recount("truth", i, Key("a"), 1, 1);

        var report = await rig.ReconcileAsync(new ReconciliationOptions { ListedRows = 2 });

        Assert.Equal(5, report.Unexplained.Rows);
        Assert.Equal(["2026-07-01T00:00:00Z", "2026-07-01T01:00:00Z"], report.Unexplained.Listed.Select(row => row.Hour));
    }

    [Fact]
    public async Task Run_CauseOfANewerVersion_IsRefused()
    {
        using var rig = new ComparisonRig();
        rig.Recount("solar_flare", 1, Key("a"), 1, 1);

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => rig.ReconcileAsync());

        Assert.Contains("solar_flare", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 5, 0)]
    [InlineData(1, 3, 333_334)]
    [InlineData(1, 0, 1_000_000)]
    [InlineData(1, 9_000_000_000_000_000_000, 1)]
    public void Ppm_OfDifferenceAndWhole_RoundsUp(long difference, long whole, long expected) =>
        Assert.Equal(expected, ComparisonFigures.Ppm(difference, whole));

    [Fact]
    public async Task Report_AsJson_ReadsBackTheSame()
    {
        using var rig = new ComparisonRig();
        rig.Recount("truth", 3, Key("a"), 10, 4_500_000);
        var report = await rig.ReconcileAsync();
        var bytes = ReconciliationReportJson.Write(report);

        var again = await ReconciliationReportJson.ReadAsync(new MemoryStream(bytes), CancellationToken.None);

        Assert.Equal(bytes, ReconciliationReportJson.Write(again));
    }

    [Fact]
    public async Task Page_WithHostileNames_EscapesThem()
    {
        using var rig = new ComparisonRig();
        rig.Recount("truth", 3, Key("<script>alert(1)</script>"), 10, 4_500_000);

        var page = System.Text.Encoding.UTF8.GetString(ReconciliationPage.Write(await rig.ReconcileAsync()));

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("4.50 USD", page, StringComparison.Ordinal);
    }
}
