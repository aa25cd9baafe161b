using System.Net;
using System.Text.Json;
using ClickFuncs.Api.Budgets;
using ClickFuncs.Api.Operations;
using ClickFuncs.Api.Tests.Finance;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Api.Tests.SignIn;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Budgets;
using ClickFuncs.Testing.Budgets;
using ClickFuncs.Testing.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Tests.Views;

/// <summary>The answers that a page is made of: each the same as those of the endpoints that it spares.</summary>
public sealed class ViewTests
{
    private const string Advertiser = "/api/v1/views/advertiser";
    private const string Range = "start_time=2026-07-01&end_time=2026-07-02&granularity=1d&fill=true";

    [Fact]
    public async Task Advertiser_Asked_HasTheNumbersAndBudgetsOfTheirEndpoints()
    {
        await using var host = await WithBudgetsAsync();

        var view = await JsonAsync(host, $"{Advertiser}?advertiser_id=adv_88f7e6d5&{Range}&breakdown=ad_id");

        Assert.Equal(
            (await JsonAsync(host, $"/api/v1/advertisers/analytics?advertiser_id=adv_88f7e6d5&{Range}&breakdown=ad_id")).GetRawText(), view.GetProperty("analytics").GetRawText());
        Assert.Equal((await JsonAsync(host, "/api/v1/budgets?advertiser_id=adv_88f7e6d5")).GetProperty("budgets").GetRawText(), view.GetProperty("budgets").GetRawText());
        Assert.Equal(1, view.GetProperty("budgets").GetArrayLength());
    }

    [Fact]
    public async Task Advertiser_NotNamed_IsTheFirstThatTheCallerMaySee()
    {
        await using var host = await WithBudgetsAsync();
        Assert.Equal("adv_2", (await JsonAsync(host, $"{Advertiser}?{Range}")).GetProperty("analytics").GetProperty("advertiser_id").GetString());
        Assert.Equal("adv_88f7e6d5", (await JsonAsync(host, $"{Advertiser}?{Range}", "advertiser")).GetProperty("analytics").GetProperty("advertiser_id").GetString());
    }

    [Fact]
    public async Task Advertiser_WithoutAnyToSee_HasNoNumbers()
    {
        await using var host = await WithBudgetsAsync();
        Assert.Equal(JsonValueKind.Null, (await JsonAsync(host, $"{Advertiser}?{Range}", "advertiser", "adv_unknown")).GetProperty("analytics").ValueKind);
    }

    [Fact]
    public async Task Advertiser_OfAnotherTenant_IsAsOneThatDoesNotExist()
    {
        await using var host = await WithBudgetsAsync();
        foreach (var id in (string[])["adv_2", "adv_nobody"])
        {
            using var answer = await GetAsync(host, $"{Advertiser}?advertiser_id={id}&{Range}", "advertiser");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Contains("advertiser-not-found", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData($"{Advertiser}?advertiser_id=adv_88f7e6d5&{Range}&start=1", "There is no filter 'start'")]
    [InlineData($"{Advertiser}?advertiser_id=adv_88f7e6d5&{Range}&metrics=profit", "metrics has no 'profit'")]
    [InlineData($"{Advertiser}?advertiser_id=adv_88f7e6d5&start_time=2020-01-01&end_time=2026-01-01&granularity=1m&fill=true", "more than 1,000,000 points")]
    public async Task Advertiser_AskedWrongly_IsToldWhatIsWrong(string path, string sentence)
    {
        await using var host = await WithBudgetsAsync();
        using var answer = await GetAsync(host, path);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(sentence, JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Advertiser_KnownToTheCaller_IsNotSentAgain()
    {
        await using var host = await WithBudgetsAsync();
        await AssertSparedAsync(host, $"{Advertiser}?advertiser_id=adv_88f7e6d5&{Range}", "operator");
    }

    [Fact]
    public async Task Finance_NothingNamed_ChoosesTheNewestClosedDayAndTheFirstJournal()
    {
        await using var host = await FinanceHost.StartAsync();
        var (older, newer, failed) = (new DateOnly(2026, 6, 29), new DateOnly(2026, 6, 30), new DateOnly(2026, 7, 1));
        foreach (var day in (DateOnly[])[older, newer])
        {
            host.Closes.Put(day, WorkflowState.Completed, outcome: new CloseOutcome(day, 1, true, [], 1));
            await host.CloseAsync(day, 1);
        }

        host.Closes.Put(failed, WorkflowState.Failed, failure: "It can't be counted.");
        await host.Ledger.PostAsync(LedgerSamples.Dollars, [LedgerSamples.Charge(LedgerSamples.Dollars)], null, CancellationToken.None);

        var view = await JsonAsync(host.Api, "/api/v1/views/finance", "finance");

        Assert.Equal(("2026-06-30", "2026-06", LedgerSamples.Dollars.AdvertiserId, "USD"), (Text(view, "day"), Text(view, "month"), Text(view, "advertiser_id"), Text(view, "currency")));
        Assert.Equal(["close-2026-07-01", "close-2026-06-30", "close-2026-06-29"], view.GetProperty("closes").EnumerateArray().Select(run => Text(run, "id")));
        Assert.Equal("2026-06-30", Text(view.GetProperty("report"), "date"));
        Assert.Equal(LedgerSamples.Dollars.AdvertiserId, Text(view.GetProperty("statement"), "advertiser_id"));
    }

    [Fact]
    public async Task Finance_NothingThereYet_SaysSo()
    {
        await using var host = await FinanceHost.StartAsync();
        var view = await JsonAsync(host.Api, "/api/v1/views/finance", "finance");
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.Null), (view.GetProperty("day").ValueKind, view.GetProperty("report").ValueKind, view.GetProperty("statement").ValueKind));
        Assert.Equal(7, view.GetProperty("month").GetString()!.Length);
    }

    [Fact]
    public async Task Finance_ADayNamed_HasItsReport()
    {
        await using var host = await FinanceHost.StartAsync();
        await host.CloseAsync(new DateOnly(2026, 6, 30), 1);

        var view = await JsonAsync(host.Api, "/api/v1/views/finance?day=2026-06-30", "finance");

        Assert.Equal("2026-06", view.GetProperty("month").GetString());
        using var report = await host.GetAsync("/reconciliations/2026-06-30/report");
        Assert.Equal(JsonElement.Parse(await report.Content.ReadAsStringAsync()).GetRawText(), view.GetProperty("report").GetRawText());
        await AssertSparedAsync(host.Api, "/api/v1/views/finance?day=2026-06-30", "finance");
    }

    [Theory]
    [InlineData("day=yesterday")]
    [InlineData("day=9999-12-31")]
    [InlineData("month=2026-13")]
    [InlineData("month=9999-12")]
    public async Task Finance_NoSuchTime_IsRefused(string query)
    {
        await using var host = await FinanceHost.StartAsync();
        using var answer = await GetAsync(host.Api, $"/api/v1/views/finance?{query}", "finance");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Operations_Asked_HasHealthMetricsAndAlerts()
    {
        await using var host = await ApiHost.StartAsync(map: app => app.MapAlerts(), add: services => services.AddAlerts());
        var view = await JsonAsync(host, "/api/v1/views/operations");
        using var alone = await host.GetAsOperatorAsync("/api/v1/operations");
        Assert.Equal(
            JsonElement.Parse(await alone.Content.ReadAsStringAsync()).GetProperty("alerts").GetArrayLength(), view.GetProperty("operations").GetProperty("alerts").GetArrayLength());
        using var health = await host.GetAsync("/health");
        Assert.Equal(await health.Content.ReadAsStringAsync(), view.GetProperty("health").GetRawText());
        Assert.Contains("# TYPE clickfuncs_", view.GetProperty("metrics").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/views/finance", "operator")]
    [InlineData("/api/v1/views/finance", "advertiser")]
    [InlineData("/api/v1/views/operations", "finance")]
    [InlineData("/api/v1/views/operations", "advertiser")]
    public async Task View_OfAnotherRole_IsRefused(string path, string role)
    {
        await using var host = await ApiHost.StartAsync(
            map: app =>
            {
                app.MapAlerts();
                Api.Finance.FinanceEndpoints.MapFinance(app);
            },
            add: services => services.AddAlerts());
        using var answer = await GetAsync(host, path, role);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static string? Text(JsonElement part, string name) => part.GetProperty(name).GetString();

    private static async Task AssertSparedAsync(ApiHost host, string path, string role)
    {
        using var first = await GetAsync(host, path, role);
        using var again = await GetAsync(host, path, role, ("If-None-Match", first.Headers.ETag!.ToString()));
        Assert.Equal((HttpStatusCode.NotModified, 0), (again.StatusCode, (await again.Content.ReadAsByteArrayAsync()).Length));
        Assert.Equal("no-cache, private", first.Headers.CacheControl!.ToString());
    }

    private static async Task<JsonElement> JsonAsync(ApiHost host, string path, string role = "operator", string advertiser = "adv_88f7e6d5")
    {
        using var answer = await GetAsync(host, path, role, advertiser);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, body);
        return JsonElement.Parse(body);
    }

    private static Task<HttpResponseMessage> GetAsync(ApiHost host, string path, string role = "operator", params (string Name, string Value)[] headers) =>
        host.GetAsync(path, [("Authorization", $"Bearer {TestIssuer.Shared.TokenOf(role, "adv_88f7e6d5")}"), .. headers]);

    private static Task<HttpResponseMessage> GetAsync(ApiHost host, string path, string role, string advertiser) =>
        host.GetAsync(path, ("Authorization", $"Bearer {TestIssuer.Shared.TokenOf(role, advertiser)}"));

    private static async Task<ApiHost> WithBudgetsAsync()
    {
        var store = new InMemoryBudgetStore();
        await store.PutAsync(BudgetSamples.Budget(), null, CancellationToken.None);
        return await ApiHost.StartAsync(map: app => app.MapBudgets(), add: services => services.AddSingleton<IBudgetStore>(store).AddSingleton(new BudgetBoard()));
    }
}
