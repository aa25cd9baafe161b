using static Microsoft.Playwright.Assertions;

namespace ClickFuncs.Browser.Tests;

/// <summary>Why a number differs from another: every kind of click side by side, each with a sentence.</summary>
[Collection(Site.Collection)]
public sealed class DifferenceTests(Site site)
{
    private static readonly (string Part, string Sentence)[] Parts =
    [
        ("Raw clicks", "Every time somebody followed one of your links."), ("Repeated", "The same link followed again"),
        ("Invalid", "Clicks judged to come from bots"), ("Over budget", "Clicks after a budget was used up."),
        ("Billed", "Each impression that was clicked, once"), ("Late", "Clicks that arrived too late for the live count."),
    ];

    [Fact]
    public async Task Kinds_OfADayWithLateClicks_AddUpAndAreExplained()
    {
        var day = site.Unclosed;
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync($"/?advertiser={day.Advertiser}&from={day.Date}&to={day.Date}");

        foreach (var (part, sentence) in Parts)
            await Expect(visit.Page.Locator(".differences dl > div", new() { Has = visit.Page.Locator($"[data-part='{part}']") })).ToContainTextAsync(sentence);
        var inTime = BooksDay.Clicks - BooksDay.Late;
        await AssertShowsAsync(visit, "Raw clicks", Tally.Text(inTime + BooksDay.Repeats));
        await AssertShowsAsync(visit, "Repeated", $"−{Tally.Text(BooksDay.Repeats)}");
        await AssertShowsAsync(visit, "Invalid", "0");
        await AssertShowsAsync(visit, "Over budget", "0");
        await AssertShowsAsync(visit, "Billed", Tally.Text(inTime));
        await AssertShowsAsync(visit, "Late", Tally.Text(BooksDay.Late));
        Assert.Empty(visit.Complaints);
    }

    private static Task AssertShowsAsync(Visit visit, string part, string clicks) => Expect(visit.Page.Locator($"[data-part='{part}']")).ToHaveTextAsync(clicks);
}
