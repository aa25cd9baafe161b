using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClickFuncs.Browser.Tests;

[Collection(Site.Collection)]
public sealed class FilterTests(Site site)
{
    private const int Days = 13;

    [Fact]
    public async Task Filter_RowsClickedAndChipRemoved_ShowWhatAPlainCountSays()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync($"/?advertiser={History.Advertiser}&{Range()}&by=device");
        await AssertShowsAsync(visit, _ => true);

        await visit.ClickAsync(visit.RowNames.GetByText("mobile", new() { Exact = true }));
        await visit.ClickAsync(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Country", Exact = true }));
        await visit.ClickAsync(visit.RowNames.GetByText("NO", new() { Exact = true }));
        await AssertShowsAsync(visit, happened => happened is { Device: "mobile", Country: "NO" });
        Assert.Contains("device=mobile&country=NO", visit.Page.Url, StringComparison.Ordinal);

        await visit.ClickAsync(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Remove filter Device mobile" }));
        await AssertShowsAsync(visit, happened => happened.Country == "NO");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Breakdown_EveryDimensionsRows_AreInOrderAndAddUp()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync($"/?advertiser={History.Advertiser}&{Range()}&by=country&sort=impressions&order=asc");

        var expected = Events().Where(happened => happened.Type == "impression").CountBy(happened => happened.Country)
            .OrderBy(country => country.Value).Select(country => country.Key);
        Assert.Equal(expected, await visit.RowNames.AllTextContentsAsync());

        await visit.ClickAsync(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Spend NOK", Exact = true }));
        var bySpend = Events().GroupBy(happened => happened.Country).OrderByDescending(country => country.Sum(happened => happened.CostMicros)).ToList();
        Assert.Equal(bySpend.Select(country => country.Key), await visit.RowNames.AllTextContentsAsync());
        Assert.Equal(
            bySpend.Select(country => Tally.Text("", new Tally(country).Spend).Trim()),
            await visit.Page.Locator(".breakdown tbody td:nth-child(4)").AllTextContentsAsync());
    }

    [Fact]
    public async Task Money_TwoCurrencies_IsShownPerCurrencyAndNeverAdded()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync($"/?advertiser={History.TwoCurrencies}&{Range()}");
        var events = site.History.Between(History.TwoCurrencies, site.History.FirstFullDay, Days).ToList();

        await Expect(visit.Figure("clicks")).ToHaveTextAsync(Tally.Text(new Tally(events).Clicks));
        foreach (var currency in new[] { "USD", "EUR" })
        {
            await visit.Page.GetByLabel("Money in").SelectOptionAsync(currency);
            await Expect(visit.Figure("total_spend")).ToHaveTextAsync(Tally.Text(currency, new Tally(events.Where(happened => happened.Currency == currency)).Spend));
        }
    }

    private IEnumerable<History.Event> Events() => site.History.Between(History.Advertiser, site.History.FirstFullDay, Days);

    private string Range() => $"from={site.History.FirstFullDay:yyyy-MM-dd}&to={site.History.FirstFullDay.AddDays(Days - 1):yyyy-MM-dd}";

    private async Task AssertShowsAsync(Visit visit, Func<History.Event, bool> isShown)
    {
        var tally = new Tally(Events().Where(isShown));
        await Expect(visit.Figure("clicks")).ToHaveTextAsync(Tally.Text(tally.Clicks));
        await Expect(visit.Figure("impressions")).ToHaveTextAsync(Tally.Text(tally.Impressions));
        await Expect(visit.Figure("conversions")).ToHaveTextAsync(Tally.Text(tally.Conversions));
        await Expect(visit.Figure("total_spend")).ToHaveTextAsync(Tally.Text("NOK", tally.Spend));
        await Expect(visit.Page.Locator("[data-part='Raw clicks']")).ToHaveTextAsync(Tally.Text(tally.RawClicks));
    }
}
