namespace ClickFuncs.Browser.Tests;

[Collection(Site.Collection)]
public sealed class PolicyTests(Site site)
{
    [Theory]
    [InlineData("/?advertiser=adv_nordlys&range=7d", "/api/v1/views/advertiser")]
    [InlineData("/", "/api/v1/views/advertiser")]
    [InlineData("/operations", "/api/v1/views/operations")]
    [InlineData("/finance", "/api/v1/views/finance")]
    [InlineData("/docs", "/openapi/v1.json")]
    public async Task Page_Opened_AsksItsOwnServerOnlyAndForItsDataOnce(string path, string question)
    {
        await using var visit = await site.VisitAsync(role: AccessibilityTests.RoleFor(path));
        await visit.OpenAsync(path == "/finance" ? site.FinanceView : path);
        if (path == "/finance")
        {
            await visit.Page.Locator("[data-sum='Balance after']").WaitForAsync();
            await visit.Page.Locator("[data-row=truth]").First.WaitForAsync();
        }

        Assert.Empty(visit.Complaints);
        // Who is signed in decides what is offered, on every page.
        Assert.Single(visit.Requests, request => request.AbsolutePath == "/api/v1/session");
        Assert.All(visit.Requests, request => Assert.Equal(site.Url.Authority, request.Authority));
        Assert.Equal([question], visit.Requests.Where(IsForData).Select(request => request.AbsolutePath));
    }

    private static bool IsForData(Uri request) =>
        request.AbsolutePath != "/api/v1/session" && (request.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal) || request.AbsolutePath is "/metrics" or "/health" or "/openapi/v1.json");

    [Fact]
    public async Task Script_PutIntoThePage_DoesNotRun()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync($"/?advertiser={History.Advertiser}&device=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E");
        await visit.Page.EvaluateAsync("""
            () => {
              const script = document.createElement('script');
              try { script.textContent = 'document.title = "injected"'; } catch { return; }
              document.body.append(script);
            }
            """);

        Assert.Equal("Advertising · ClickFuncs", await visit.Page.TitleAsync());
        Assert.Equal(0, await visit.Page.Locator("main img").CountAsync());
    }
}
