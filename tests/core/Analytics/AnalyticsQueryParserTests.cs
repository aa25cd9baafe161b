using ClickFuncs.Analytics;
using ClickFuncs.Analytics.Overviews;

namespace ClickFuncs.Core.Tests.Analytics;

public sealed class AnalyticsQueryParserTests
{
    private static readonly AnalyticsQueryText Valid = new()
    {
        AdvertiserId = "adv_1", StartTime = "2026-07-01", EndTime = "2026-07-02T00:00:00Z", Granularity = "1h",
    };

    [Fact]
    public void Parse_Everything_GivesTheQuery()
    {
        var result = AnalyticsQueryParser.Parse(Valid with
        {
            GroupBy = ["ad_id, device", "country"],
            Filters = [new("campaign_id", "cmp_1"), new("device", ""), new("campaign_id", "cmp,2"), new("campaign_id", "cmp_1")],
            Accuracy = "live",
        });
        Assert.True(result.IsValid);
        Assert.Equal((1_782_864_000_000, 1_782_950_400_000), (result.Query.FromMs, result.Query.ToMs));
        Assert.Equal(Granularity.Hour, result.Query.Granularity);
        Assert.Equal([Dimension.Ad, Dimension.Device, Dimension.Country], result.Query.GroupBy);
        Assert.Equal(["cmp_1", "cmp,2"], result.Query.Filters[Dimension.Campaign]);
        Assert.Equal([""], result.Query.Filters[Dimension.Device]);
        Assert.Equal(Accuracy.Live, result.Query.Accuracy);
    }

    [Fact]
    public void Parse_OnlyWhatIsRequired_TakesDefaults()
    {
        var query = AnalyticsQueryParser.Parse(Valid).Query!;
        Assert.Empty(query.GroupBy);
        Assert.Empty(query.Filters);
        Assert.Equal(Accuracy.Auto, query.Accuracy);
    }

    [Theory]
    [InlineData("cpc,clicks", "clicks,cpc")]
    [InlineData("total_spend", "total_spend")]
    [InlineData("over_budget_clicks, invalid_clicks,duplicate_clicks", "duplicate_clicks,invalid_clicks,over_budget_clicks")]
    public void Metrics_Chosen_AreThoseInTheOrderOfTheAnswer(string asked, string chosen) =>
        Assert.Equal(chosen, string.Join(',', AnalyticsQueryParser.Parse(Valid with { Metrics = [asked] }).Query!.Metrics.Select(metric => metric.Name())));

    [Theory]
    [InlineData("clicks,ctrr", "metrics has no 'ctrr'; it may be impressions, clicks, raw_clicks, duplicate_clicks, invalid_clicks, over_budget_clicks, conversions, total_spend, ctr, cvr, cpc.")]
    [InlineData("", "metrics has no ''; it may be impressions, clicks, raw_clicks, duplicate_clicks, invalid_clicks, over_budget_clicks, conversions, total_spend, ctr, cvr, cpc.")]
    [InlineData("ctr,ctr", "metrics names ctr twice.")]
    public void Metrics_ThatAreNone_AreRefusedWithThoseThereAre(string asked, string error) =>
        Assert.Equal([error], AnalyticsQueryParser.Parse(Valid with { Metrics = [asked] }).Errors);

    [Fact]
    public void Parse_Nothing_NamesEverythingMissing() => Assert.Equal(
        [
            "advertiser_id is missing.", "start_time is missing.", "end_time is missing.",
            "granularity is missing; it must be 1m, 1h or 1d.",
        ],
        AnalyticsQueryParser.Parse(new AnalyticsQueryText()).Errors);

    [Fact]
    public void Parse_EverythingWrong_ReportsAllAtOnce() => Assert.Equal(
        [
            "start_time is 'yesterday'; it must be ISO-8601, such as 2026-07-01T12:00:00Z, or Unix time in seconds or milliseconds.",
            "granularity is '5m'; it must be 1m, 1h or 1d.",
            "group_by has no 'advertiser_id'; it may be campaign_id, ad_group_id, ad_id, creative_id, device, country, reason.",
            "group_by names ad_id twice.",
            "There is no filter 'colour'; it may be campaign_id, ad_group_id, ad_id, creative_id, device, country, reason.",
            "accuracy is 'exact'; it must be auto, live or final.",
        ],
        AnalyticsQueryParser.Parse(Valid with
        {
            StartTime = "yesterday", Granularity = "5m", GroupBy = ["advertiser_id,ad_id,ad_id"], Filters = [new("colour", "red")], Accuracy = "exact",
        }).Errors);

    [Theory]
    [InlineData("2026-07-02", "start_time must be before end_time.")]
    [InlineData("2026-07-03", "start_time must be before end_time.")]
    [InlineData("2020-01-01", "The range has more than 1,000,000 points; ask for a shorter range or a coarser granularity.")]
    public void Parse_BadRange_SaysWhatToDo(string start, string error) =>
        Assert.Equal([error], AnalyticsQueryParser.Parse(Valid with { StartTime = start, Granularity = "1m" }).Errors);

    [Fact]
    public void Parse_FinalMinutes_SaysWhatToAskInstead() => Assert.Equal(
        ["accuracy=final counts by the hour: ask for granularity 1h or 1d, or for accuracy=auto."],
        AnalyticsQueryParser.Parse(Valid with { Granularity = "1m", Accuracy = "final" }).Errors);

    [Theory]
    [InlineData("2026-07-01T00:30", "2026-07-02", false)]
    [InlineData("2026-07-01", "2026-07-01T23:59:59.999Z", false)]
    [InlineData("2026-07-01T01:00", "2026-07-01T23:00", true)]
    public void Parse_FinalPartsOfAnHour_AreRefused(string start, string end, bool isValid)
    {
        var result = AnalyticsQueryParser.Parse(Valid with { StartTime = start, EndTime = end, Granularity = "1d", Accuracy = "final" });
        Assert.Equal(isValid, result.IsValid);
        if (!isValid)
            Assert.Equal(["accuracy=final counts whole hours: start_time and end_time must be on the hour, or ask for accuracy=auto."], result.Errors);
    }

    [Theory]
    [InlineData("2026-07-01", 1_782_864_000_000)]
    [InlineData("2026-07-01T00:00", 1_782_864_000_000)]
    [InlineData("2026-07-01T02:00:00+02:00", 1_782_864_000_000)]
    [InlineData("2026-07-01T00:00:00.1239Z", 1_782_864_000_123)]
    [InlineData("1782864000", 1_782_864_000_000)]
    [InlineData("1782864000123", 1_782_864_000_123)]
    [InlineData("0", 0)]
    public void TimeText_EachForm_IsRead(string text, long expected)
    {
        Assert.True(TimeText.TryParse(text, out var time));
        Assert.Equal(expected, time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("01/07/2026")]
    [InlineData("2026-02-30")]
    [InlineData("-1")]
    [InlineData("1969-12-31")]
    [InlineData("99999999999999999")]
    [InlineData("99999999999999999999999")]
    public void TimeText_AnythingElse_IsRefused(string text) => Assert.False(TimeText.TryParse(text, out _));
}
