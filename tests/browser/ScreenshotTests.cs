using Microsoft.Playwright;

namespace ClickFuncs.Browser.Tests;

/// <summary>
/// Pictures of every page, to be looked at: <c>CLICKFUNCS_IMAGES=docs/images dotnet test tests/browser --filter ScreenshotTests</c>
/// makes those of the documentation. Without the variable they are made and thrown away.
/// </summary>
[Collection(Site.Collection)]
public sealed class ScreenshotTests(Site site)
{
    private static readonly string View = $"/?advertiser={History.Advertiser}&range=7d";

    [Theory]
    [InlineData("dashboard", "/", 1280, ColorScheme.Light)]
    [InlineData("dashboard-dark", "/", 1280, ColorScheme.Dark)]
    [InlineData("dashboard-phone", "/", 360, ColorScheme.Light)]
    [InlineData("finance", "/finance", 1280, ColorScheme.Light)]
    [InlineData("finance-phone", "/finance", 360, ColorScheme.Dark)]
    [InlineData("operations", "/operations", 1280, ColorScheme.Light)]
    [InlineData("operations-phone", "/operations", 360, ColorScheme.Dark)]
    [InlineData("api", "/docs#get-api-v1-finance-statements", 1280, ColorScheme.Light)]
    [InlineData("api-phone", "/docs#get-api-v1-finance-statements", 360, ColorScheme.Dark)]
    [InlineData("runbook", "/runbook", 1280, ColorScheme.Light)]
    public async Task Page_AnyWidthAndScheme_FitsAndIsPainted(string name, string path, int width, ColorScheme scheme)
    {
        await using var visit = await site.VisitAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, DeviceScaleFactor = width < 640 ? 2 : 1, ReducedMotion = ReducedMotion.Reduce,
        }, AccessibilityTests.RoleFor(path));
        await site.ClickAroundAsync();
        await visit.OpenAsync(path switch { "/" => View, "/finance" => site.FinanceView, _ => path }, waitForNumbers: path != "/runbook");
        await visit.Page.EvaluateAsync("document.fonts.ready");
        // What happens per second takes two readings.
        if (path == "/operations")
            await visit.Page.Locator("[data-gauge=Arriving]", new() { HasText = "/s" }).WaitForAsync();
        if (path == "/finance")
            await visit.ShowEvidenceAsync();

        // Long texts, of which a window says enough.
        var isText = path.StartsWith("/docs", StringComparison.Ordinal) || path == "/runbook";
        var overflow = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        var image = await visit.Page.ScreenshotAsync(new() { FullPage = !isText, Path = OutputFile.Named("CLICKFUNCS_IMAGES") is { } folder ? Path.Combine(folder, $"{name}.png") : null });

        Assert.Equal(0, overflow);
        // A page without its numbers is a few kilobytes of plain colour.
        Assert.True(image.Length > 30_000, $"The picture has only {image.Length} bytes.");
    }
}
