using ClickFuncs.Analytics;
using ClickFuncs.Analytics.Overviews;

namespace ClickFuncs.Core.Tests.Analytics.Overviews;

public sealed class OverviewQueryParserTests
{
    private static readonly OverviewQueryText Valid = new(new AnalyticsQueryText
    {
        AdvertiserId = "adv_1", StartTime = "2026-07-02", EndTime = "2026-07-03", Granularity = "1h", Filters = [new("device", "mobile")],
    });

    [Fact]
    public void Parse_PlainQuery_AsksForNothingMore()
    {
        var query = OverviewQueryParser.Parse(Valid).Query!;
        Assert.Null(query.Comparison);
        Assert.Null(query.Breakdown);
    }

    [Fact]
    public void Parse_Everything_GivesTheQuery()
    {
        var query = OverviewQueryParser.Parse(Valid with
        {
            CompareStartTime = "2026-07-01", CompareEndTime = "2026-07-01T12:00Z",
            Breakdown = "country", OrderBy = "ctr", Order = "asc", Offset = "50", Limit = "25",
        }).Query!;
        Assert.Equal((1_782_864_000_000, 1_782_907_200_000), (query.Comparison!.FromMs, query.Comparison.ToMs));
        Assert.Same(query.Query.Filters, query.Comparison.Filters);
        Assert.Equal(
            new BreakdownQuery { Dimension = Dimension.Country, OrderBy = AnalyticsMetric.ClickThrough, IsAscending = true, Offset = 50, Limit = 25 },
            query.Breakdown);
    }

    [Fact]
    public void Parse_EverythingWrong_ReportsAllAtOnce() => Assert.Equal(
        [
            "granularity is '5m'; it must be 1m, 1h or 1d.",
            "compare_start_time is 'before'; it must be ISO-8601, such as 2026-07-01T12:00:00Z, or Unix time in seconds or milliseconds.",
            "compare_end_time is missing; compare_start_time and compare_end_time belong together.",
            "breakdown is 'advertiser_id'; it may be campaign_id, ad_group_id, ad_id, creative_id, device, country, reason.",
            "order_by is 'name'; it may be impressions, clicks, raw_clicks, conversions, total_spend, ctr, cvr, cpc, duplicate_clicks, invalid_clicks, over_budget_clicks.",
            "order is 'up'; it must be asc or desc.",
            "offset is '-1'; it must be a whole number from 0 to 2147483647.",
            "limit is '501'; it must be a whole number from 1 to 500.",
        ],
        OverviewQueryParser.Parse(new OverviewQueryText(Valid.Query with { Granularity = "5m" })
        {
            CompareStartTime = "before", Breakdown = "advertiser_id", OrderBy = "name", Order = "up", Offset = "-1", Limit = "501",
        }).Errors);

    [Theory]
    [InlineData("2026-07-02", "2026-07-01", "compare_start_time must be before compare_end_time.")]
    [InlineData("1970-01-01", "2200-01-01", "The range to compare with has more than 1,000,000 points; ask for a shorter one.")]
    public void Parse_EarlierRangeThatCantBe_IsRefused(string start, string end, string error) =>
        Assert.Equal([error], OverviewQueryParser.Parse(Valid with { CompareStartTime = start, CompareEndTime = end }).Errors);

    [Fact]
    public void Parse_OrderWithoutATable_IsRefused() => Assert.Equal(
        ["order_by, order, offset and limit belong to breakdown, which is missing."],
        OverviewQueryParser.Parse(Valid with { Limit = "10" }).Errors);
}
