using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClickFuncs.Browser.Tests;

[Collection(Site.Collection)]
public sealed class BudgetTests(Site site)
{
    [Fact]
    public async Task Budgets_OfAnAdvertiser_ShowSpendAndStateInWords()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync($"/?advertiser={Site.ClickedAdvertiser}");

        var running = visit.Page.Locator("[data-budget=cmp_1]");
        await Expect(running).ToContainTextAsync("USD 1,000,000.00");
        await Expect(running).ToContainTextAsync("Running");
        var spent = visit.Page.Locator("[data-budget=cmp_empty]");
        await Expect(spent).ToContainTextAsync("Budget spent");
        await Expect(spent).ToContainTextAsync("It runs again after midnight UTC.");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Budgets_OfAnotherAdvertiser_AreNotThere()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync($"/?advertiser={History.Advertiser}");

        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Budgets" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Operations_MoneyAtRisk_IsShownByCurrency()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync("/operations");

        await Expect(visit.Page.Locator("[data-risk=USD]")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Spend is known as of")).ToBeVisibleAsync();
    }
}
