using System.Net;
using ClickFuncs.Budgets;
using ClickFuncs.Testing.Budgets;

namespace ClickFuncs.Api.Tests.Budgets;

public sealed class BudgetEndpointTests
{
    private const string Campaign = "cmp_77b6a5d4";
    private const string Body = """{"advertiser_id":"adv_88f7e6d5","currency":"USD","daily_micros":100000000,"total_micros":null}""";

    [Fact]
    public async Task Get_KnownCampaign_ShowsBudgetStateAndSpend()
    {
        await using var host = await BudgetHost.StartAsync();
        await host.ShowAsync(BudgetState.Active);

        using var answer = await host.GetAsync("/" + Campaign, "advertiser");

        Assert.Equal(
            """{"campaign_id":"cmp_77b6a5d4","advertiser_id":"adv_88f7e6d5","currency":"USD","daily_micros":100000000,"total_micros":1000000000,"start":"2026-07-01","end":null,"version":1,"state":"active","reason":"none","since":"2026-07-01T12:00:00.000Z","spent_today_micros":30000000,"spent_total_micros":200000000,"remaining_micros":70000000,"micros_per_second":5000,"at_risk_micros":0,"as_of":"2026-07-01T12:00:00.000Z"}""",
            await answer.Content.ReadAsStringAsync());
        Assert.Equal("\"1\"", $"{answer.Headers.ETag}");
    }

    [Fact]
    public async Task Get_BudgetNobodyHasLookedAtYet_IsHeld()
    {
        await using var host = await BudgetHost.StartAsync();
        await host.Store.PutAsync(BudgetSamples.Budget(), null, CancellationToken.None);

        using var answer = await host.GetAsync("/" + Campaign);

        Assert.Equal("held", (await BudgetHost.JsonAsync(answer)).GetProperty("state").GetString());
    }

    // Another tenant's campaign and one that doesn't exist give the same bytes.
    [Fact]
    public async Task Get_CampaignOfAnotherTenant_IsTheSame404AsNone()
    {
        await using var host = await BudgetHost.StartAsync();
        await host.ShowAsync(BudgetState.Active);

        using var foreign = await host.GetAsync("/" + Campaign, "advertiser", "adv_other");
        using var none = await host.GetAsync("/cmp_none", "advertiser", "adv_other");

        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal((none.StatusCode, await none.Content.ReadAsStringAsync()), (foreign.StatusCode, await foreign.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task List_OfAnAdvertiser_HoldsItsOwnOnlyPageByPage()
    {
        await using var host = await BudgetHost.StartAsync();
        foreach (var id in (string[])["cmp_1", "cmp_2", "cmp_3"])
            await host.Store.PutAsync(BudgetSamples.Budget(id) with { AdvertiserId = id == "cmp_2" ? "adv_other" : "adv_88f7e6d5" }, null, CancellationToken.None);

        using var own = await host.GetAsync("?limit=1", "advertiser");
        using var rest = await host.GetAsync("?limit=1&after=cmp_1", "advertiser");
        using var all = await host.GetAsync("", "finance");
        using var foreign = await host.GetAsync("?advertiser_id=adv_other", "advertiser");

        Assert.Equal("cmp_1, then after cmp_1", await PageAsync(own));
        Assert.Equal("cmp_3, then after ", await PageAsync(rest));
        Assert.Equal("cmp_1 cmp_2 cmp_3, then after ", await PageAsync(all));
        Assert.Equal(", then after ", await PageAsync(foreign));
    }

    [Fact]
    public async Task Put_NewBudget_StartsTodayAndIsReadBack()
    {
        await using var host = await BudgetHost.StartAsync();

        using var answer = await host.PutAsync("cmp_new", Body.Replace("adv_88f7e6d5", "adv_new", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var stored = await host.Store.FindAsync("cmp_new", CancellationToken.None);
        Assert.Equal(BudgetSamples.Budget("cmp_new") with { AdvertiserId = "adv_new", TotalMicros = null }, stored!.Budget);
        Assert.Equal($"\"{stored.Version}\"", $"{answer.Headers.ETag}");
    }

    [Fact]
    public async Task Put_WithConditions_ChangesOnlyTheVersionMeant()
    {
        await using var host = await BudgetHost.StartAsync();
        using var made = await host.PutAsync(Campaign, Body, headers: ("If-None-Match", "*"));
        var tag = $"{made.Headers.ETag}";
        using var again = await host.PutAsync(Campaign, Body.Replace("100", "200", StringComparison.Ordinal), headers: ("If-None-Match", "*"));
        using var changed = await host.PutAsync(Campaign, Body.Replace("100", "300", StringComparison.Ordinal), headers: ("If-Match", tag));
        using var late = await host.PutAsync(Campaign, Body.Replace("100", "400", StringComparison.Ordinal), headers: ("If-Match", tag));
        using var nonsense = await host.PutAsync(Campaign, Body, headers: ("If-Match", "W/\"x\""));

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.PreconditionFailed, HttpStatusCode.OK, HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionFailed],
            new[] { made, again, changed, late, nonsense }.Select(answer => answer.StatusCode));
        Assert.Equal(300_000_000, (await host.Store.FindAsync(Campaign, CancellationToken.None))!.Budget.DailyMicros);
    }

    [Theory]
    [InlineData("""{"advertiser_id":"adv_1","currency":"USD"}""", "daily or a total")]
    [InlineData("""{"advertiser_id":"adv_1","currency":"usd","daily_micros":1}""", "three capital letters")]
    [InlineData("""{"advertiser_id":"adv_1","currency":"USD","daily_micros":-1}""", "daily amount")]
    [InlineData("""{"advertiser_id":"adv_1","currency":"USD","daily_micros":1.5}""", "daily_micros")]
    [InlineData("""{"advertiser_id":"adv_1","currency":"USD","daily_micro":1}""", "can't be read")]
    [InlineData("""{"advertiser_id":"adv_1","currency":"USD","daily_micros":1,"start":"2026-06-29"}""", "not remembered")]
    [InlineData("""{"advertiser_id":"adv_1","currency":"USD","daily_micros":1,"end":"2026-06-30"}""", "before the first")]
    [InlineData("""{"currency":"USD","daily_micros":1}""", "advertiser_id is missing")]
    [InlineData("null", "JSON object")]
    [InlineData("{", "can't be read")]
    public async Task Put_WrongBody_SaysWhatIsWrong(string body, string says)
    {
        await using var host = await BudgetHost.StartAsync();

        using var answer = await host.PutAsync("cmp_new", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(says, (await BudgetHost.JsonAsync(answer)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(await host.Store.ListAsync(CancellationToken.None));
    }

    // The wrong advertiser would see the spend of another.
    [Fact]
    public async Task Put_CampaignOfAnotherAdvertiser_IsRefused()
    {
        await using var host = await BudgetHost.StartAsync();
        using var ofCatalog = await host.PutAsync(Campaign, Body.Replace("adv_88f7e6d5", "adv_thief", StringComparison.Ordinal));
        await host.Store.PutAsync(BudgetSamples.Budget("cmp_new"), null, CancellationToken.None);
        using var ofStore = await host.PutAsync("cmp_new", Body.Replace("adv_88f7e6d5", "adv_thief", StringComparison.Ordinal));

        Assert.Equal([HttpStatusCode.Conflict, HttpStatusCode.Conflict], new[] { ofCatalog, ofStore }.Select(answer => answer.StatusCode));
    }

    [Theory]
    [InlineData("finance", HttpStatusCode.OK)]
    [InlineData("operator", HttpStatusCode.OK)]
    [InlineData("advertiser", HttpStatusCode.Forbidden)]
    [InlineData("nobody", HttpStatusCode.Forbidden)]
    public async Task Put_ByRole_IsForFinanceAndOperators(string role, HttpStatusCode expected)
    {
        await using var host = await BudgetHost.StartAsync();

        using var answer = await host.PutAsync("cmp_new", Body, role);

        Assert.Equal(expected, answer.StatusCode);
    }

    private static async Task<string> PageAsync(HttpResponseMessage answer)
    {
        var page = await BudgetHost.JsonAsync(answer);
        var ids = page.GetProperty("budgets").EnumerateArray().Select(budget => budget.GetProperty("campaign_id").GetString());
        return $"{string.Join(' ', ids)}, then after {page.GetProperty("next").GetString()}";
    }
}
