using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace ClickFuncs.Browser.Tests;

[Collection(Site.Collection)]
public sealed class ExportTests(Site site)
{
    private const int Days = 13;

    private string First => $"{site.History.FirstFullDay:yyyy-MM-dd}";

    private string Last => $"{site.History.FirstFullDay.AddDays(Days - 1):yyyy-MM-dd}";

    [Fact]
    public async Task Export_TheTable_IsWhatTheApiSaysAndAPlainCount()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync($"/?advertiser={History.Advertiser}&from={First}&to={Last}&by=ad_id");

        var (name, lines) = await DownloadAsync(visit, ".breakdown");

        Assert.Equal($"{History.Advertiser}-by-ad_id.csv", name);
        var rows = (await AnswerAsync("breakdown=ad_id&limit=500")).GetProperty("breakdown").GetProperty("rows").EnumerateArray();
        Assert.Equal(rows.Select(row => Line(row, "ad_id")), lines[1..]);
        var tally = new Tally(site.History.Between(History.Advertiser, site.History.FirstFullDay, Days));
        Assert.Equal(tally.Clicks, lines[1..].Sum(line => int.Parse(line.Split(',')[3], CultureInfo.InvariantCulture)));
        Assert.Equal(tally.Spend, lines[1..].Sum(line => decimal.Parse(line.Split(',')[6], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Export_TheChart_IsWhatTheApiSays()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync($"/?advertiser={History.Advertiser}&from={First}&to={Last}&granularity=1h");

        var (name, lines) = await DownloadAsync(visit, ".chart");

        Assert.Equal($"{History.Advertiser}-1h.csv", name);
        var points = (await AnswerAsync("fill=true")).GetProperty("series").EnumerateArray().ToList();
        Assert.Equal(24 * Days, points.Count);
        Assert.Equal(points.Select(point => Line(point, null)), lines[1..]);
    }

    private static async Task<(string Name, string[] Lines)> DownloadAsync(Visit visit, string card)
    {
        var download = await visit.Page.RunAndWaitForDownloadAsync(() =>
            visit.Page.Locator(card).GetByRole(AriaRole.Button, new() { Name = "Export CSV" }).ClickAsync());
        var text = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.Empty(visit.Complaints);
        return (download.SuggestedFilename, text.TrimEnd().Split("\r\n"));
    }

    private async Task<JsonElement> AnswerAsync(string more) => JsonElement.Parse(await site.GetAsync(
        $"/api/v1/advertisers/analytics?advertiser_id={History.Advertiser}&start_time={First}&end_time={site.History.FirstFullDay.AddDays(Days):yyyy-MM-dd}&granularity=1h&{more}"));

    // Numbers as they stand in the answer, digit by digit.
    private static string Line(JsonElement counts, string? dimension)
    {
        var first = dimension is null
            ? $"{DateTimeOffset.FromUnixTimeSeconds(counts.GetProperty("timestamp").GetInt64()):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}"
            : counts.GetProperty(dimension).GetString();
        string[] numbers = ["impressions", "clicks", "raw_clicks", "conversions", "total_spend", "ctr", "cvr", "cpc"];
        return string.Join(',',
        [
            first, counts.GetProperty("currency").GetString(), .. numbers.Select(number => counts.GetProperty(number).GetRawText().Replace("null", "", StringComparison.Ordinal)),
            counts.GetProperty("accuracy").GetString(),
        ]);
    }
}
