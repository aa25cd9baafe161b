using System.Globalization;
using System.Text.Json;

namespace ClickFuncs.Browser.Tests;

/// <summary>
/// What a first visit to a page costs. <c>CLICKFUNCS_PAGES=pages.txt dotnet test tests/browser --filter PageWeightTests</c> writes weight and first paint of each
/// page to that file; the time is printed and not judged, as it is the machine's as much as the page's.
/// </summary>
[Collection(Site.Collection)]
public sealed class PageWeightTests(Site site)
{
    private const int WeightLimit = 200 * 1024;
    private const int Visits = 5;

    [Theory]
    [InlineData("/")]
    [InlineData("/finance")]
    [InlineData("/operations")]
    [InlineData("/docs")]
    [InlineData("/runbook")]
    public async Task Page_FirstVisit_IsLight(string path)
    {
        var paints = new List<double>();
        var weight = 0;
        for (var attempt = 0; attempt < Visits; attempt++)
        {
            await using var visit = await site.VisitAsync(role: AccessibilityTests.RoleFor(path));
            await visit.OpenAsync(path, waitForNumbers: path != "/runbook");
            await visit.Page.EvaluateAsync("document.fonts.ready");
            // The browser tells of a paint a moment after it. Asking again and again would need eval, which the page's policy forbids.
            await visit.Page.EvaluateAsync("""
                () => new Promise(painted => new PerformanceObserver(list => {
                  if (list.getEntriesByName('first-contentful-paint').length > 0) painted();
                }).observe({ type: 'paint', buffered: true }))
                """);
            var timing = await visit.Page.EvaluateAsync<JsonElement>("""
                () => ({
                  weight: [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                    .filter(entry => !/\/api\/|\/openapi\//.test(entry.name)).reduce((sum, entry) => sum + entry.transferSize, 0),
                  paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
                })
                """);
            weight = timing.GetProperty("weight").GetInt32();
            Assert.InRange(weight, 1_000, WeightLimit);
            paints.Add(timing.GetProperty("paint").GetDouble());
        }

        paints.Sort();
        if (OutputFile.Named("CLICKFUNCS_PAGES") is { } file)
        {
            await File.AppendAllTextAsync(file, string.Create(
                CultureInfo.InvariantCulture, $"{path,-12} {weight / 1024.0,6:F1} KB   first paint of {Visits} visits: median {paints[Visits / 2],4:F0} ms, slowest {paints[^1],4:F0} ms\n"));
        }
    }
}
