using ClickFuncs.Api.Alerts;
using ClickFuncs.Api.Metrics;
using static ClickFuncs.Api.Alerts.AlertTerm;

namespace ClickFuncs.Api.Tests.Alerts;

public sealed class AlertBoardTests
{
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Gauge_AboveItsLimitLongEnough_FiresOnceAndResolvesOnce()
    {
        var board = Board(new Now(new("g")), limit: 30, TimeSpan.FromSeconds(60));
        Assert.Empty(Take(board, 0, ("g", "", 31)).Fired);
        Assert.Null(Assert.Single(board.States).FiredAt);
        Assert.Empty(Take(board, 45, ("g", "", 40)).Fired);
        Assert.Single(Take(board, 60, ("g", "", 40)).Fired);
        Assert.Empty(Take(board, 75, ("g", "", 40)).Fired);
        Assert.Single(Take(board, 90, ("g", "", 30)).Resolved);
        Assert.Empty(board.States);
    }

    [Fact]
    public void Gauge_ThatDipsBelowItsLimit_BeginsAnew()
    {
        var board = Board(new Now(new("g")), limit: 30, TimeSpan.FromSeconds(60));
        Take(board, 0, ("g", "", 31));
        Take(board, 30, ("g", "", 1));
        Take(board, 45, ("g", "", 31));
        Assert.Empty(Take(board, 60, ("g", "", 31)).Fired);
    }

    [Fact]
    public void Gauge_OfManySeries_FiresForEachByItself()
    {
        var board = Board(new Now(new("g")), limit: 0, TimeSpan.Zero);
        var (fired, _) = Take(board, 0, ("g", "1", 1), ("g", "2", 0), ("g", "3", 1));
        Assert.Equal(["partition=\"1\"", "partition=\"3\""], fired.Select(alert => alert.Labels));
    }

    [Fact]
    public void Counter_ThatAppearsWithItsFirstIncrement_HasGrown()
    {
        var board = Board(new Increase(new("c"), TimeSpan.FromMinutes(1)), limit: 0, TimeSpan.Zero);
        Assert.Empty(Take(board, 0).Fired);
        Assert.Single(Take(board, 15, ("c", "", 1)).Fired);
        // A window later nothing has grown.
        Assert.Empty(Take(board, 60, ("c", "", 1)).Resolved);
        Assert.Single(Take(board, 75, ("c", "", 1)).Resolved);
    }

    [Fact]
    public void Quotient_OfSums_IsThatOfAllSeriesTogether()
    {
        var board = Board(new Quotient(new Sum(new Now(new("a"))), new Sum(new Now(new("b")))), limit: 2, TimeSpan.Zero);
        Assert.Empty(Take(board, 0, ("a", "1", 3), ("a", "2", 1), ("b", "", 2)).Fired);
        var fired = Assert.Single(Take(board, 15, ("a", "1", 4), ("a", "2", 1), ("b", "", 2)).Fired);
        Assert.Equal(2.5, fired.Value);
        Assert.Equal("", fired.Labels);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Quotient_ByZero_HoldsUnlessBothAreZero(double dividend, bool holds)
    {
        var board = Board(new Quotient(new Sum(new Now(new("a"))), new Sum(new Now(new("b")))), limit: 30, TimeSpan.Zero);
        Assert.Equal(holds, Take(board, 0, ("a", "", dividend), ("b", "", 0)).Fired.Count == 1);
    }

    [Fact]
    public void Condition_WithAnother_HoldsOnlyWhileThatOneDoes()
    {
        var rule = Rule(new Now(new("g")), 0, TimeSpan.Zero);
        var board = new AlertBoard([rule with { Condition = rule.Condition with { While = new(new Now(new("traffic")), 10) } }]);
        Assert.Empty(Take(board, 0, ("g", "", 1), ("traffic", "", 10)).Fired);
        Assert.Single(Take(board, 15, ("g", "", 1), ("traffic", "", 11)).Fired);
    }

    [Fact]
    public void Selector_WithLabels_TakesOnlySeriesThatHaveThem()
    {
        var board = Board(new Now(new("g", ("partition", "2"))), 0, TimeSpan.Zero);
        Assert.Equal("partition=\"2\"", Assert.Single(Take(board, 0, ("g", "1", 1), ("g", "2", 1)).Fired).Labels);
    }

    private static AlertBoard Board(AlertTerm term, double limit, TimeSpan @for) => new([Rule(term, limit, @for)]);

    private static AlertRule Rule(AlertTerm term, double limit, TimeSpan @for) => new("rule", AlertSeverity.Page, new(term, limit), @for, "It is wrong.", "wrong");

    private static (IReadOnlyList<AlertState> Fired, IReadOnlyList<AlertState> Resolved) Take(
        AlertBoard board, int second, params (string Name, string Partition, double Value)[] samples) =>
        board.Take(Start.AddSeconds(second), [.. samples.Select(sample => new MetricSample(
            sample.Name, sample.Partition.Length == 0 ? [] : [new("partition", sample.Partition)], sample.Value))]);
}
