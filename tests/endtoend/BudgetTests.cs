using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace ClickFuncs.EndToEnd.Tests;

/// <summary>R22, R23 on the real program: spent, stopped, marked, not billed; and the same after a crash.</summary>
public sealed class BudgetTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly DataFolder _data = new();
    private readonly LandingPage _page = new();
    private readonly Browser _browser = new();
    private readonly HttpClient _http = new();
    private int _clicks;

    public async Task InitializeAsync()
    {
        await _data.AddAdAsync("ad_1", "adv_1", _page.Url);
        (await _data.RunAsync("budget", "set", "--campaign", "cmp_1", "--advertiser", "adv_1", "--daily", "0.90")).Succeeded();
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", (await _data.RunAsync("token", "--role", "operator")).Succeeded().Trim());
    }

    public async Task DisposeAsync() => await _page.DisposeAsync();

    public void Dispose()
    {
        _browser.Dispose();
        _http.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Budget_SpentByTwoClicks_StopsTheCampaignThroughACrashUntilItIsRaised()
    {
        await using (var host = await HostProcess.StartAsync(_data.Path))
        {
            await AwaitStateAsync(host, "active", 0);
            Assert.Equal("""{"blocked":[]}""", await AskAsync(host, "/blocked"));
            await ClickAsync();
            await AwaitStateAsync(host, "active", 450_000);
            await ClickAsync();
            await AwaitStateAsync(host, "exhausted", 900_000);
            Assert.Contains("\"campaign_id\":\"cmp_1\",\"state\":\"exhausted\",\"reason\":\"daily_spent\"", await AskAsync(host, "/blocked"), StringComparison.Ordinal);
            await ClickAsync();
            await AwaitVisitsCountedAsync(3);
            await host.KillAsync();
        }

        await using var again = await HostProcess.StartAsync(_data.Path);
        await AwaitStateAsync(again, "exhausted", 900_000);
        await ClickAsync();
        await AwaitVisitsCountedAsync(4);
        (await _data.RunAsync("budget", "set", "--campaign", "cmp_1", "--advertiser", "adv_1", "--daily", "10")).Succeeded();
        await AwaitStateAsync(again, "active", 900_000);
        await ClickAsync();
        await AwaitStateAsync(again, "active", 1_350_000);
        await AwaitVisitsCountedAsync(5);

        // Five people landed, two clicks came while the money was spent: three are billed.
        Assert.Equal(5, _page.Visits);
        var totals = await TotalsAsync();
        Assert.Equal((3, 2), (totals.GetProperty("clicks").GetInt32(), totals.GetProperty("over_budget_clicks").GetInt32()));
        Assert.Equal(1.35, totals.GetProperty("total_spend").GetDouble());
        Assert.Equal(1_350_000, (await _data.JsonAsync("budget", "show", "--campaign", "cmp_1")).GetProperty("spent_today_micros").GetInt64());
    }

    private async Task ClickAsync()
    {
        var link = (await _data.RunAsync("link", "--ad", "ad_1", "--impression", $"imp_{++_clicks}")).Succeeded().TrimEnd('\n');
        Assert.Equal(HttpStatusCode.OK, (await _browser.OpenAsync(link)).Status);
    }

    private async Task AwaitStateAsync(HostProcess host, string state, long spent)
    {
        var seen = "";
        Assert.True(
            await Eventually.HoldsAsync(
                async () =>
                {
                    seen = await AskAsync(host, "/cmp_1");
                    var budget = JsonElement.Parse(seen);
                    return budget.GetProperty("state").GetString() == state && budget.GetProperty("spent_today_micros").GetInt64() == spent;
                },
                Limit),
            $"Never {state} with {spent} spent: {seen}\n{host.Diagnostics}");
    }

    private async Task AwaitVisitsCountedAsync(int raw) =>
        Assert.True(await Eventually.HoldsAsync(async () => (await TotalsAsync()).GetProperty("raw_clicks").GetInt32() == raw, Limit), $"Never {raw} raw clicks.");

    private async Task<JsonElement> TotalsAsync() => (await _data.QueryAsync("adv_1", "1d")).GetProperty("totals").EnumerateArray().Single();

    private Task<string> AskAsync(HostProcess host, string path) => _http.GetStringAsync(new Uri(host.Url, "/api/v1/budgets" + path));
}
