using System.Text.Json;
using ClickFuncs.EndToEnd.Tests;
using static Microsoft.Playwright.Assertions;

namespace ClickFuncs.Browser.Tests;

[Collection(Site.Collection)]
public sealed class ClickTests(Site site)
{
    // R17: a click is visible within 5 seconds.
    private const float FreshnessMs = 5_000;

    [Fact]
    public async Task Click_RealLinkTwice_AppearsOnTheOpenPageOnceAndAsARepeat()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync($"/?advertiser={Site.ClickedAdvertiser}&range=1h");
        await Expect(visit.Figure("clicks")).ToHaveTextAsync("0");
        var link = await site.LinkAsync();
        var other = await visit.Page.Context.NewPageAsync();

        await other.GotoAsync(link);

        Assert.Equal(LandingPage.Text, await other.TextContentAsync("body"));
        // A page in the background does not ask; back in front it does at once.
        await visit.Page.BringToFrontAsync();
        await Expect(visit.Figure("clicks")).ToHaveTextAsync("1", new() { Timeout = FreshnessMs });
        await Expect(visit.Figure("total_spend")).ToHaveTextAsync("USD 0.45");

        await other.GotoAsync(link);
        await visit.Page.BringToFrontAsync();
        await Expect(visit.Page.Locator("[data-part='Raw clicks']")).ToHaveTextAsync("2", new() { Timeout = FreshnessMs });
        await Expect(visit.Page.Locator("[data-part=Repeated]")).ToHaveTextAsync("−1");
        await Expect(visit.Page.Locator("[data-part=Billed]")).ToHaveTextAsync("1");
        await Expect(visit.Page.Locator("[data-part=Late]")).ToHaveTextAsync("0");
        await Expect(visit.RowNames).ToHaveTextAsync(["cmp_1"]);
        Assert.Empty(visit.Complaints);

        // And the API says what was clicked: one link, followed twice, for 0.45.
        var totals = JsonElement.Parse(await site.GetAsync(
            $"/api/v1/advertisers/analytics?advertiser_id={Site.ClickedAdvertiser}&start_time=2026-01-01&end_time=2100-01-01&granularity=1d")).GetProperty("totals")[0];
        Assert.Equal((1, 2, "0.45"), (totals.GetProperty("clicks").GetInt32(), totals.GetProperty("raw_clicks").GetInt32(), totals.GetProperty("total_spend").GetRawText()));
    }
}
