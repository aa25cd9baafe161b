using ClickFuncs.Budgets;
using ClickFuncs.Testing.Budgets;
using ClickFuncs.Windows;

namespace ClickFuncs.Core.Tests.Budgets;

public sealed class SpendTableTests
{
    private const string Campaign = "cmp_77b6a5d4";

    private readonly SpendTable _table = new();

    [Fact]
    public void Apply_LateRow_MovesTheSpendOfItsOwnDay()
    {
        _table.Apply([BudgetSamples.Report(BudgetSamples.Partial(1, 100), BudgetSamples.Partial(1, 7, minutes: 12 * 60))]);
        _table.Apply([BudgetSamples.Report(BudgetSamples.Partial(2, 130))]);

        Assert.Equal(130, _table.Spent(Campaign, "USD", BudgetSamples.Day));
        Assert.Equal(7, _table.Spent(Campaign, "USD", BudgetSamples.Day + 1));
        Assert.Equal((137, 7), (_table.SpentFrom(Campaign, "USD", BudgetSamples.Day), _table.SpentFrom(Campaign, "USD", BudgetSamples.Day + 1)));
    }

    [Fact]
    public void Apply_AfterItsMinuteWasClosed_IsCountedAndNotTaken()
    {
        _table.Apply([new SpendReport(0, 5, BudgetSamples.Noon + 60_000, [BudgetSamples.Partial(5, 100)])]);

        var commit = _table.Apply([BudgetSamples.Report(BudgetSamples.Partial(4, 90))]);

        Assert.Empty(commit.Partials);
        Assert.Equal((1, 100), (_table.TooLate, _table.Spent(Campaign, "USD", BudgetSamples.Day)));
    }

    [Fact]
    public void Apply_OtherCurrency_IsNotAddedButSeen()
    {
        _table.Apply([BudgetSamples.Report(BudgetSamples.Partial(1, 100), BudgetSamples.Partial(1, 50, currency: "EUR"))]);

        Assert.Equal(100, _table.SpentFrom(Campaign, "USD", 0));
        Assert.True(_table.HasOtherCurrency(Campaign, "USD", BudgetSamples.Day));
        Assert.False(_table.HasOtherCurrency(Campaign, "USD", BudgetSamples.Day + 1));
    }

    [Fact]
    public void Apply_UnwantedAmounts_CoverTheirVersionAndLeaveNothing()
    {
        var commit = _table.Apply([BudgetSamples.Report(BudgetSamples.Partial(9, 100))], _ => false);

        Assert.Empty(commit.Partials);
        Assert.Equal((9, 0), (_table.Covered(0), _table.SpentFrom(Campaign, "USD", 0)));
    }

    [Fact]
    public void Apply_FirstRecordOfAPartitionsFirstReport_CountsAndCoversNothingYet()
    {
        var commit = _table.Apply([new SpendReport(0, -1, 0, [BudgetSamples.Partial(9, 100)])]);

        Assert.Equal([BudgetSamples.Partial(9, 100)], commit.Partials);
        Assert.Equal((-1, 100), (_table.Covered(0), _table.Spent(Campaign, "USD", BudgetSamples.Day)));
    }

    [Fact]
    public void Codec_ManyCampaigns_SplitsAndCoversWithTheLastOnly()
    {
        var rows = new WindowRowSet { Partition = 3, Version = 77, ClosedThroughMs = BudgetSamples.Noon };
        for (var i = 0; i < 2_500; i++)
            rows.Spend.Add(BudgetSamples.Partial(-1, i, partition: 3, minutes: i % 7, campaign: $"cmp_ø_{i}"));

        var reports = SpendReportCodec.Encode(rows).Select(record => SpendReportCodec.Decode(record.Span)).ToList();

        Assert.Equal([(-1, 0), (-1, 0), (77, BudgetSamples.Noon)], reports.Select(report => (report.Version, report.ClosedThroughMs)));
        Assert.Equal(rows.Spend.Select(partial => partial with { Version = 77 }), reports.SelectMany(report => report.Partials));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 2, 0, 0, 1, 0 })]
    [InlineData(new byte[] { 1, 0, 0, 1, 0, 5 })]
    public void Codec_WrongBytes_IsRefused(byte[] record) => Assert.Throws<InvalidDataException>(() => SpendReportCodec.Decode(record));
}
