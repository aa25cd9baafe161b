using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClickFuncs.Browser.Tests;

/// <summary>What each page shows before its answer comes, when it fails, and when there is nothing.</summary>
[Collection(Site.Collection)]
public sealed class PageStateTests(Site site)
{
    private const string NothingYet =
        """{"day":null,"advertiser_id":null,"currency":null,"month":"2026-11","closes":[],"backfills":[],"journals":[],"report":null,"statement":null}""";

    private const string NoAdvertiser = """{"analytics":null,"budgets":[]}""";

    private const string Refused = """{"type":"/problems/unavailable","title":"Unavailable","status":503,"detail":"The catalog was not read yet.","code":"unavailable"}""";

    [Theory]
    [InlineData("/", "**/api/v1/views/advertiser?*")]
    [InlineData("/finance", "**/api/v1/views/finance?*")]
    [InlineData("/operations", "**/api/v1/views/operations")]
    [InlineData("/docs", "**/openapi/v1.json")]
    public async Task Page_AnswerOnItsWay_SaysThatItLoads(string path, string question)
    {
        await using var visit = await site.VisitAsync(role: AccessibilityTests.RoleFor(path));
        await visit.Page.RouteAsync(question, _ => Task.CompletedTask);
        await visit.OpenAsync(path, waitForNumbers: false);

        await Expect(visit.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Loading" })).ToHaveCountAsync(1);
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("/", "**/api/v1/views/advertiser?*")]
    [InlineData("/finance", "**/api/v1/views/finance?*")]
    [InlineData("/operations", "**/api/v1/views/operations")]
    [InlineData("/docs", "**/openapi/v1.json")]
    public async Task Page_ThatIsRefused_SaysWhyAndTriesAgainWhenAsked(string path, string question)
    {
        await using var visit = await site.VisitAsync(role: AccessibilityTests.RoleFor(path));
        await visit.Page.Context.AddInitScriptAsync(scriptPath: AccessibilityTests.Axe);
        await visit.Page.RouteAsync(question, route => route.FulfillAsync(new() { Status = 503, ContentType = "application/problem+json", Body = Refused }));
        await visit.OpenAsync(path, waitForNumbers: false);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Unavailable" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("The catalog was not read yet.")).ToBeVisibleAsync();
        await AccessibilityTests.AssertNoFindingAsync(visit.Page);

        await visit.Page.UnrouteAsync(question);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await visit.Page.Locator(".numbers:not(.waiting)").WaitForAsync();
    }

    [Theory]
    [InlineData("/finance", "**/api/v1/views/finance?*")]
    [InlineData("/operations", "**/api/v1/views/operations")]
    public async Task Page_ServerGoneForAWhile_KeepsWhatItHasAndSaysSo(string path, string question)
    {
        await using var visit = await site.VisitAsync(role: AccessibilityTests.RoleFor(path));
        await visit.OpenAsync(path);

        await visit.Page.RouteAsync(question, route => route.AbortAsync("connectionrefused"));
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The server can't be reached.");
        await Expect(visit.Page.Locator(".numbers .card").First).ToBeVisibleAsync();

        await visit.Page.UnrouteAsync(question);
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Finance_BeforeTheFirstClose_SaysOfEachPartThatThereIsNothing()
    {
        await using var visit = await site.VisitAsync(role: "finance");
        await visit.Page.Context.AddInitScriptAsync(scriptPath: AccessibilityTests.Axe);
        await visit.Page.RouteAsync("**/api/v1/views/finance?*", route => route.FulfillAsync(new() { ContentType = "application/json", Body = NothingYet }));
        await visit.OpenAsync("/finance");

        await Expect(visit.Page.GetByText("No day was closed yet.")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Nothing was posted yet.")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("No range was counted again.")).ToBeVisibleAsync();
        await AccessibilityTests.AssertNoFindingAsync(visit.Page);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Dashboard_WithoutAnyAdvertiser_SaysWhatToDo()
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.RouteAsync("**/api/v1/views/advertiser?*", route => route.FulfillAsync(new() { ContentType = "application/json", Body = NoAdvertiser }));
        await visit.OpenAsync("/", waitForNumbers: false);

        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "No advertisers yet" })).ToBeVisibleAsync();
    }
}
