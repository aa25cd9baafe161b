using System.Globalization;
using System.Net;
using System.Text.Json;
using ClickFuncs.Analytics;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Windows;

namespace ClickFuncs.Api.Tests.Analytics;

/// <summary>The forms of the analytics answer: days of a place, CSV, nothing twice.</summary>
public sealed class AnalyticsAnswerTests
{
    private const string Path = "/api/v1/advertisers/analytics?advertiser_id=adv_1&granularity=1d";

    [Theory]
    [InlineData("time_zone=Europe/Oslo&start_time=2026-07-01&end_time=2026-07-03", "2026-06-30T22:00:00Z", "2026-07-01T22:00:00Z")]
    [InlineData("time_zone=Asia/Kolkata&start_time=2026-07-01&end_time=2026-07-03", "2026-06-30T18:30:00Z", "2026-07-01T18:30:00Z")]
    [InlineData("start_time=2026-07-01&end_time=2026-07-03", "2026-07-01T00:00:00Z", "2026-07-02T00:00:00Z")]
    public async Task Days_OfAPlace_BeginAtItsMidnight(string query, string first, string second)
    {
        await using var host = await FilledAsync();

        using var answer = await host.GetAsOperatorAsync($"{Path}&{query}&fill=true");

        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        var points = JsonElement.Parse(body).GetProperty("series").EnumerateArray().ToList();
        Assert.Equal([first, second], points.Select(point => DateTimeOffset.FromUnixTimeSeconds(point.GetProperty("timestamp").GetInt64()).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        Assert.Equal([24, 24], points.Select(point => point.GetProperty("clicks").GetInt32()));
    }

    [Fact]
    public async Task TimeZone_ThatIsNone_IsRefused()
    {
        await using var host = await FilledAsync();
        using var answer = await host.GetAsOperatorAsync($"{Path}&start_time=2026-07-01&end_time=2026-07-02&time_zone=Nowhere");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("time_zone", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/csv", true)]
    [InlineData("text/csv;q=0.9, application/json;q=0.1", true)]
    [InlineData("application/json, text/csv;q=0.5", false)]
    [InlineData("*/*", false)]
    [InlineData("nonsense;;", false)]
    public async Task Accept_Csv_GetsCsv(string accept, bool isCsv)
    {
        await using var host = await FilledAsync();

        using var answer = await host.GetAsync(
            $"{Path}&start_time=2026-07-01&end_time=2026-07-02&group_by=ad_id", ("Accept", accept), ("Authorization", $"Bearer {SignIn.TestIssuer.Shared.Token()}"));

        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(isCsv ? "text/csv" : "application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Accept", answer.Headers.Vary);
        if (!isCsv)
            return;
        var lines = body.Split("\r\n");
        Assert.StartsWith("time,ad_id,currency,", lines[0], StringComparison.Ordinal);
        var cells = lines[0].Split(',').Zip(lines[1].Split(',')).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.Equal("2026-07-01T00:00:00Z", cells["time"]);
        Assert.Equal("'=ad", cells["ad_id"]);
        Assert.Equal("24", cells["clicks"]);
        Assert.Equal("10.80", cells["total_spend"]);
        Assert.Equal("", cells["ctr"]);
    }

    [Fact]
    public async Task Metrics_Chosen_AreTheOnlyOnesOfEveryPartOfTheAnswer()
    {
        await using var host = await FilledAsync();

        using var answer = await host.GetAsOperatorAsync(
            $"{Path}&start_time=2026-07-01&end_time=2026-07-02&metrics=ctr,clicks&breakdown=ad_id&compare_start_time=2026-06-30&compare_end_time=2026-07-01");

        var body = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(["timestamp", "clicks", "currency", "ctr", "accuracy"], Names(body.GetProperty("series")[0]));
        Assert.Equal(["clicks", "currency", "ctr"], Names(body.GetProperty("totals")[0]));
        Assert.Equal(["clicks", "currency", "ctr"], Names(body.GetProperty("comparison").GetProperty("totals")[0]));
        Assert.Equal(["ad_id", "clicks", "currency", "ctr", "accuracy", "trend"], Names(body.GetProperty("breakdown").GetProperty("rows")[0]));
        Assert.Equal(24, body.GetProperty("totals")[0].GetProperty("clicks").GetInt32());
    }

    [Fact]
    public async Task Metrics_Chosen_AreTheColumnsOfTheCsv()
    {
        await using var host = await FilledAsync();

        using var answer = await host.GetAsync(
            $"{Path}&start_time=2026-07-01&end_time=2026-07-02&metrics=total_spend&metrics=invalid_clicks", ("Accept", "text/csv"), ("Authorization", $"Bearer {SignIn.TestIssuer.Shared.Token()}"));

        Assert.Equal(["time,currency,invalid_clicks,total_spend,accuracy", "2026-07-01T00:00:00Z,USD,0,10.80,live", ""], (await answer.Content.ReadAsStringAsync()).Split("\r\n"));
    }

    [Fact]
    public async Task Metrics_ThatIsNone_IsAProblemThatListsThoseThereAre()
    {
        await using var host = await FilledAsync();

        using var answer = await host.GetAsOperatorAsync($"{Path}&start_time=2026-07-01&end_time=2026-07-02&metrics=profit");

        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.BadRequest, "/problems/bad-analytics-query"), (answer.StatusCode, problem.GetProperty("type").GetString()));
        Assert.Contains("metrics has no 'profit'; it may be impressions, clicks,", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_ByReason_HasALinePerReasonAndOneForValidClicks()
    {
        await using var host = await ApiHost.StartAsync();
        var set = new WindowRowSet { Partition = 0, Version = 1, WatermarkMs = 1 };
        var start = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var key = new DimensionKey("adv_1", "cmp", "", "ad", "", "USD", "", "");
        set.Add(start, key.Encode(), new WindowMetrics { RawClicks = 5, Clicks = 5, SpendMicros = 2_250_000 });
        set.Add(start, (key with { Reason = "known_bot" }).Encode(), new WindowMetrics { RawClicks = 3, InvalidClicks = 3 });
        set.Add(start, (key with { Reason = "velocity_ip" }).Encode(), new WindowMetrics { RawClicks = 7, InvalidClicks = 7 });
        await host.Analytics.PublishAsync([set], 1, CancellationToken.None);

        using var answer = await host.GetAsync(
            $"{Path}&start_time=2026-07-01&end_time=2026-07-02&group_by=reason", ("Accept", "text/csv"), ("Authorization", $"Bearer {SignIn.TestIssuer.Shared.Token()}"));

        var lines = (await answer.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n").Select(line => line.Split(',')).ToList();
        int[] columns = [.. ((string[])["reason", "clicks", "invalid_clicks"]).Select(name => Array.IndexOf(lines[0], name))];
        Assert.Equal(
            [",5,0", "known_bot,0,3", "velocity_ip,0,7"],
            lines[1..].Select(line => string.Join(',', columns.Select(column => line[column]))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Answer_ThatTheCallerHas_IsNotSentAgainUntilItChanges()
    {
        await using var host = await FilledAsync();
        var path = $"{Path}&start_time=2026-07-01&end_time=2026-07-02";
        var token = ("Authorization", $"Bearer {SignIn.TestIssuer.Shared.Token()}");
        using var first = await host.GetAsync(path, token);
        var tag = ("If-None-Match", first.Headers.ETag!.ToString());

        using var same = await host.GetAsync(path, token, tag);
        await PublishAsync(host, 2, 5);
        using var newer = await host.GetAsync(path, token, tag);

        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Empty(await same.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.OK, newer.StatusCode);
        Assert.NotEqual(first.Headers.ETag, newer.Headers.ETag);
    }

    private static IEnumerable<string> Names(JsonElement part) => part.EnumerateObject().Select(field => field.Name);

    private static async Task<ApiHost> FilledAsync()
    {
        var host = await ApiHost.StartAsync();
        await PublishAsync(host, 1, 1);
        return host;
    }

    // A click an hour for four days.
    private static async Task PublishAsync(ApiHost host, int version, int clicks)
    {
        var set = new WindowRowSet { Partition = 0, Version = version, WatermarkMs = 1 };
        var key = new DimensionKey("adv_1", "cmp", "", "=ad", "", "USD", "", "").Encode();
        var start = new DateTimeOffset(2026, 6, 30, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        for (var hour = 0; hour < 96; hour++)
            set.Add(start + (hour * Granularities.HourMs), key, new WindowMetrics { Clicks = clicks, RawClicks = clicks, SpendMicros = clicks * 450_000 });
        await host.Analytics.PublishAsync([set], version, CancellationToken.None);
    }
}
