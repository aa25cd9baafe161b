using System.Text;
using System.Text.Json;
using ClickFuncs.Analytics;
using ClickFuncs.Testing.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Core.Tests.Analytics;

public sealed class AnalyticsJsonTests
{
    private const long Noon = 1_782_907_200_000;

    private static readonly AnalyticsQuery Query = new()
    {
        AdvertiserId = "adv_88f7e6d5", FromMs = Noon, ToMs = Noon + (3 * Granularities.MinuteMs), Granularity = Granularity.Minute, GroupBy = [Dimension.Ad],
    };

    private static readonly AnalyticsAnswer Answer = new(
        [
            new(Noon, ["ad_99a2c3d4"], "USD", new WindowMetrics { Impressions = 12_000, RawClicks = 560, Clicks = 540, Conversions = 7, SpendMicros = 243_000_000 }, Accuracy.Live),
            new(Noon + Granularities.MinuteMs, ["ad_\"å\""], "EUR", new WindowMetrics { Clicks = 3, SpendMicros = 1_000_001 }, Accuracy.Live),
            new(Noon + (2 * Granularities.MinuteMs), ["ad_99a2c3d4"], "USD", new WindowMetrics { Impressions = 3 }, Accuracy.Live),
        ],
        Noon + 30_000,
        Noon + 41_250);

    [Theory]
    [InlineData("answer.json", false)]
    [InlineData("answer-filled.json", true)]
    public void Write_AnAnswer_IsTheContractByteForByte(string golden, bool fill)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Analytics", "golden", golden);
        Assert.Equal(File.ReadAllText(path), Write(Query, Answer, fill));
    }

    [Fact]
    public void Write_EmptyAnswer_HasNullTimesAndNoPoints() => Assert.Equal(
        """{"advertiser_id":"adv_88f7e6d5","granularity":"1m","accuracy":"live","watermark":null,"as_of":null,"series":[],"totals":[]}""",
        Write(Query, new AnalyticsAnswer([], null, null), fill: false, indented: false).TrimEnd());

    [Fact]
    public void Write_FinalPointsOnly_IsFinalUnlessAskedForLive()
    {
        var final = Answer with { Points = [.. Answer.Points.Select(point => point with { Accuracy = Accuracy.Final })] };
        Assert.Contains("\"accuracy\": \"final\",\n  \"watermark\"", Write(Query, final, fill: false), StringComparison.Ordinal);
        Assert.Contains("\"accuracy\": \"live\",\n  \"watermark\"", Write(Query with { Accuracy = Accuracy.Live }, final, fill: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Fill_NoGroupsAndNothingHappened_IsOneSeriesOfZeros()
    {
        var filled = AnalyticsFill.Apply(Query with { GroupBy = [] }, []);
        Assert.Equal([Noon, Noon + Granularities.MinuteMs, Noon + (2 * Granularities.MinuteMs)], filled.Select(point => point.StartMs));
        Assert.All(filled, point => Assert.Equal(default, point.Metrics));
    }

    [Fact]
    public void Fill_BesideAFinalPoint_IsFinalToo()
    {
        var final = Answer.Points[0] with { Accuracy = Accuracy.Final };
        var filled = AnalyticsFill.Apply(Query, [final, Answer.Points[1]]);
        Assert.Equal(
            [Accuracy.Final, Accuracy.Final, Accuracy.Live, Accuracy.Live, Accuracy.Live, Accuracy.Live], filled.Select(point => point.Accuracy));
    }

    [Fact]
    public void Fill_TooMany_IsRefused() =>
        Assert.Throws<AnalyticsLimitException>(() => AnalyticsFill.Apply(Query, Answer.Points, maxPoints: 5));

    [Fact]
    public void Ratios_HalfOfTheLastDecimal_RoundsToEven()
    {
        Assert.Equal(0.000002m, Ratios.CostPerClick(new WindowMetrics { SpendMicros = 3, Clicks = 2 }));
        Assert.Equal(0.000002m, Ratios.CostPerClick(new WindowMetrics { SpendMicros = 5, Clicks = 2 }));
        Assert.Null(Ratios.ClickThrough(RowSets.Clicks(0)));
    }

    [Fact]
    public void Spend_LargestSum_IsExact() =>
        Assert.Equal(9_223_372_036_854.775807m, Ratios.Spend(new WindowMetrics { SpendMicros = long.MaxValue }));

    private static string Write(AnalyticsQuery query, AnalyticsAnswer answer, bool fill, bool indented = true)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented, NewLine = "\n" }))
            AnalyticsJson.Write(writer, query, answer, fill);
        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
