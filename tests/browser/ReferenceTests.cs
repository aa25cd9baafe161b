using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClickFuncs.Browser.Tests;

/// <summary>The page about the API: all that the description has, to be read and found.</summary>
[Collection(Site.Collection)]
public sealed class ReferenceTests(Site site)
{
    [Fact]
    public async Task Page_LinkedFromTheDashboard_ShowsEveryRouteOfTheDescription()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync($"/?advertiser={History.Advertiser}");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "API" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "API", Exact = true })).ToBeVisibleAsync();

        var described = JsonElement.Parse(await site.GetAsync("/openapi/v1.json")).GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));
        var shown = (await visit.Page.Locator(".route > summary").AllInnerTextsAsync()).Select(text => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2)));
        Assert.Equal(described.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Route_OpenedByKeyboard_SaysParametersAnswersAndTheirFields()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync("/docs");
        var page = visit.Page;
        await page.GetByLabel("Find a route").FillAsync("finance/statements");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 route");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        var route = page.Locator(".route");
        await Expect(route).ToContainTextAsync("Needs: finance-books.");
        await Expect(route.GetByRole(AriaRole.List, new() { Name = "Parameters of GET /api/v1/finance/statements" })).ToContainTextAsync("month required Such as 2026-11.");
        var fields = route.GetByRole(AriaRole.List, new() { Name = "Fields of application/json" });
        await Expect(fields).ToContainTextAsync("closing_balance_micros whole number");
        await fields.GetByText("Fields of lines").ClickAsync();
        await Expect(route.GetByRole(AriaRole.List, new() { Name = "Fields of lines" })).ToContainTextAsync("booked_on day");
        await Expect(route.GetByRole(AriaRole.Region, new() { Name = "Answer 401" })).ToBeVisibleAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Address_OfARoute_OpensIt()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync("/docs#get-api-v1-budgets-blocked");
        await Expect(visit.Page.Locator("#get-api-v1-budgets-blocked")).ToHaveAttributeAsync("open", "");
        await Expect(visit.Page.Locator("#get-api-v1-budgets-blocked > summary")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Search_ForNothingThere_SaysSo()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync("/docs");
        await visit.Page.GetByLabel("Find a route").FillAsync("no such route");
        await Expect(visit.Page.GetByText("No route has this")).ToBeVisibleAsync();
    }
}
