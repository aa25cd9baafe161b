using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClickFuncs.Browser.Tests;

[Collection(Site.Collection)]
public sealed class SharedViewTests(Site site)
{
    [Fact]
    public async Task Address_OfAViewMadeByHand_RestoresItInAnotherBrowser()
    {
        await using var mine = await site.VisitAsync();
        await mine.OpenAsync($"/?advertiser={History.Advertiser}");
        await mine.ClickAsync(Button(mine, "Custom"));
        await mine.Page.GetByLabel("From", new() { Exact = true }).FillAsync($"{site.History.FirstFullDay:yyyy-MM-dd}");
        await mine.Page.GetByLabel("to", new() { Exact = true }).FillAsync($"{site.History.FirstFullDay.AddDays(9):yyyy-MM-dd}");
        await mine.ClickAsync(Button(mine, "Show"));
        await mine.ClickAsync(Button(mine, "Day"));
        await mine.ClickAsync(Button(mine, "Device"));
        await mine.ClickAsync(mine.RowNames.GetByText("desktop"));
        await mine.ClickAsync(Button(mine, "Ad"));
        await mine.ClickAsync(Button(mine, "CTR").Last);
        await mine.ClickAsync(mine.Page.Locator(".figure", new() { HasText = "Spend" }));
        await Expect(mine.Page.Locator(".chart h2")).ToHaveTextAsync("Spend per day");

        await using var theirs = await site.VisitAsync();
        await theirs.OpenAsync(new Uri(mine.Page.Url).PathAndQuery);

        Assert.Equal(await ShownAsync(mine), await ShownAsync(theirs));
    }

    [Fact]
    public async Task Back_AfterAnotherView_ShowsTheFirstAgain()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync($"/?advertiser={History.Advertiser}&range=7d");
        await visit.ClickAsync(Button(visit, "Day"));
        await Expect(visit.Page.Locator(".chart h2")).ToHaveTextAsync("Clicks per day");

        await visit.Page.GoBackAsync();

        await Expect(visit.Page.Locator(".chart h2")).ToHaveTextAsync("Clicks per hour");
        await Expect(Button(visit, "Hour")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task Advertiser_NotInTheAddress_IsChosenFromTheCatalog()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync("/");
        await Expect(visit.Page.GetByLabel("Advertiser")).ToHaveValueAsync(History.TwoCurrencies);
        Assert.Contains($"advertiser={History.TwoCurrencies}", visit.Page.Url, StringComparison.Ordinal);

        // Whoever is about to choose is offered the others.
        await visit.Page.GetByLabel("Advertiser").HoverAsync();
        await visit.Page.GetByLabel("Advertiser").SelectOptionAsync(History.Advertiser);

        Assert.Contains($"advertiser={History.Advertiser}", visit.Page.Url, StringComparison.Ordinal);
    }

    private static ILocator Button(Visit visit, string name) => visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    // All that the view decides: what is pressed, sorted and filtered, and the numbers.
    private static async Task<string> ShownAsync(Visit visit) => string.Join('\n',
    [
        .. await visit.Page.Locator("[aria-pressed=true]").AllInnerTextsAsync(), .. await visit.Page.Locator("[aria-sort]").AllInnerTextsAsync(),
        .. await visit.Page.Locator(".chip").AllInnerTextsAsync(), .. await visit.Page.Locator(".breakdown tr").AllInnerTextsAsync(),
        .. await visit.Page.Locator(".chart h2, .figures .note").AllInnerTextsAsync(),
    ]);
}
