using Microsoft.Playwright;

namespace ClickFuncs.Browser.Tests;

[Collection(Site.Collection)]
public sealed class AppearanceTests(Site site)
{
    [Fact]
    public async Task Scheme_ChangedWhileOpen_IsFollowedByPageAndChart()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync($"/?advertiser={History.Advertiser}&range=7d");
        var (light, lightLine) = (await BackgroundAsync(visit), await ChartAsync(visit));

        await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        // The chart is drawn anew with the next frame.
        await visit.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))");
        var (dark, darkLine) = (await BackgroundAsync(visit), await ChartAsync(visit));

        Assert.True(light.Sum() > 3 * 230 && dark.Sum() < 3 * 40, $"Light is {string.Join(',', light)}, dark is {string.Join(',', dark)}.");
        Assert.NotEqual(lightLine, darkLine);
    }

    [Fact]
    public async Task Poll_NewAnswer_KeepsTheElementsThatStandThere()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync($"/?advertiser={History.Advertiser}&range=7d");
        await visit.Page.EvaluateAsync("document.querySelectorAll('canvas, .figure, .breakdown tbody tr').forEach(element => { element.marked = true; })");
        var elements = await visit.Page.Locator("canvas, .figure, .breakdown tbody tr").CountAsync();

        for (var polls = 0; polls < 2; polls++)
            await visit.Page.WaitForResponseAsync(response => response.Url.Contains("/api/", StringComparison.Ordinal));

        Assert.Equal(elements, await visit.Page.EvaluateAsync<int>("[...document.querySelectorAll('canvas, .figure, .breakdown tbody tr')].filter(element => element.marked).length"));
    }

    private static Task<int[]> BackgroundAsync(Visit visit) =>
        visit.Page.EvaluateAsync<int[]>("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)");

    private static Task<string> ChartAsync(Visit visit) => visit.Page.EvaluateAsync<string>("document.querySelector('canvas').toDataURL()");
}
