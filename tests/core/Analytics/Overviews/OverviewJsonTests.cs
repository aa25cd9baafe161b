using System.Text;
using System.Text.Json;
using ClickFuncs.Analytics;
using ClickFuncs.Analytics.Overviews;
using ClickFuncs.Testing.Analytics;

namespace ClickFuncs.Core.Tests.Analytics.Overviews;

public sealed class OverviewJsonTests
{
    private const long Noon = 1_782_907_200_000;

    private static readonly AnalyticsQuery Query = new()
    {
        AdvertiserId = "adv_1", FromMs = Noon, ToMs = Noon + (2 * Granularities.MinuteMs), Granularity = Granularity.Minute,
    };

    private static readonly AnalyticsAnswer Answer =
        new([new(Noon, [], "USD", RowSets.Clicks(4), Accuracy.Live)], Noon + 30_000, Noon + 41_250);

    [Fact]
    public void Write_Everything_IsTheContractByteForByte()
    {
        var query = new OverviewQuery(
            Query, Query with { FromMs = Noon - 3_600_000, ToMs = Noon - 3_540_000 }, new BreakdownQuery { Dimension = Dimension.Ad });
        var overview = new Overview(Answer, Answer with { Points = [] }, new Breakdown(
            2,
            [new("ad_1", "USD", RowSets.Clicks(3), Accuracy.Live), new("", "USD", RowSets.Clicks(1), Accuracy.Final)],
            TimeSpan.FromMinutes(1),
            new Dictionary<string, IReadOnlyList<long>> { ["ad_1"] = [3, 0], [""] = [1, 0] }));
        var path = Path.Combine(AppContext.BaseDirectory, "Analytics", "golden", "overview.json");
        Assert.Equal(File.ReadAllText(path), Write(query, overview, indented: true) + "\n");
    }

    [Fact]
    public void Write_PlainQuestion_IsThePlainAnswer()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            AnalyticsJson.Write(writer, Query, Answer, fill: true);
        Assert.Equal(Encoding.UTF8.GetString(buffer.ToArray()), Write(new OverviewQuery(Query), new Overview(Answer, null, null), indented: false));
    }

    [Fact]
    public void Write_EarlierRangeThatIsGone_IsNull() => Assert.EndsWith(
        ""","comparison":null}""",
        Write(new OverviewQuery(Query, Query), new Overview(Answer, null, null), indented: false),
        StringComparison.Ordinal);

    private static string Write(OverviewQuery query, Overview overview, bool indented)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented, NewLine = "\n" }))
            OverviewJson.Write(writer, query, overview, fill: true);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
