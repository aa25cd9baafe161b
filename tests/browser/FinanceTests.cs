using System.Globalization;
using System.Text.Json;
using ClickFuncs.Batch.Reconciliation;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClickFuncs.Browser.Tests;

[Collection(Site.Collection)]
public sealed class FinanceTests(Site site)
{
    // A close is work, and a busy machine takes its time for it.
    private const float CloseLimitMs = 120_000;

    [Fact]
    public async Task Day_ClosedOnThePage_ShowsTheReportTheStatementAndItsClicks()
    {
        await using var visit = await site.VisitAsync(role: "finance");
        await visit.Page.Context.AddInitScriptAsync(scriptPath: AccessibilityTests.Axe);
        var (day, page) = (site.Open, visit.Page);
        await visit.OpenAsync("/finance");
        Assert.Equal((BooksDay.Clicks - BooksDay.Late, BooksDay.Late), await ClicksAndLateAsync(day));

        await page.GetByLabel("Day", new() { Exact = true }).FillAsync(day.Date);
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the day" }).ClickAsync();

        var run = page.Locator($"tr[data-day='{day.Date}']");
        await Expect(run).ToContainTextAsync("Closed", new() { Timeout = CloseLimitMs });
        await Expect(run).ToContainTextAsync("Revision 1, 2 ledger entries");
        await Expect(run).ToContainTextAsync("Drift");
        await AssertReportAsync(page, day);
        Assert.Equal((BooksDay.Clicks, 0), await ClicksAndLateAsync(day));

        await page.GetByRole(AriaRole.Region, new() { Name = "Table of balances" }).GetByRole(AriaRole.Button, new() { Name = day.Advertiser }).ClickAsync();
        var spend = Tally.Text(day.Currency, BooksDay.Spend);
        await Expect(page.Locator("[data-sum=Charges]")).ToHaveTextAsync(spend);
        await Expect(page.Locator("[data-sum='Balance after']")).ToHaveTextAsync(spend);
        await Expect(page.Locator($"[data-journal='{day.Advertiser} {day.Currency}']")).ToContainTextAsync(spend);
        Assert.Contains($"advertiser={day.Advertiser}", page.Url, StringComparison.Ordinal);

        await AssertEvidenceAsync(page, day);
        await AccessibilityTests.AssertNoFindingAsync(page);
        await AssertPrintableAsync(visit, day);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Day_ClosedAgain_SaysThatNothingIsNew()
    {
        await using var visit = await site.VisitAsync(role: "finance");
        await visit.OpenAsync($"/finance?day={site.Closed.Date}");
        await visit.Page.GetByLabel("Day", new() { Exact = true }).FillAsync(site.Closed.Date);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Close the day" }).ClickAsync();

        await Expect(visit.Page.Locator($"tr[data-day='{site.Closed.Date}']")).ToContainTextAsync("Nothing new since revision 1", new() { Timeout = CloseLimitMs });
        await Expect(visit.Page.Locator("[data-row=truth] td").First).ToHaveTextAsync(Tally.Text(BooksDay.Clicks));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Day_ThatIsNotOver_IsRefusedWithTheServersSentence()
    {
        await using var visit = await site.VisitAsync(role: "finance");
        await visit.OpenAsync("/finance");
        var day = visit.Page.GetByLabel("Day", new() { Exact = true });
        // The picker offers no such day; what it sends is the server's to judge.
        await day.EvaluateAsync("input => input.removeAttribute('max')");
        await day.FillAsync("2999-01-01");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Close the day" }).ClickAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("2999-01-01 is not over");
    }

    [Fact]
    public async Task Day_NeverClosed_SaysThatItIsNot()
    {
        await using var visit = await site.VisitAsync(role: "finance");
        await visit.OpenAsync("/finance?day=2020-01-01");
        await Expect(visit.Page.GetByText("This day is not closed yet.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Navigation_ByRole_OffersFinanceAndOperationsToTheirOwn()
    {
        await using var finance = await site.VisitAsync(role: "finance");
        await finance.OpenAsync($"/?advertiser={History.Advertiser}");
        await finance.Page.GetByRole(AriaRole.Link, new() { Name = "Finance" }).ClickAsync();
        await Expect(finance.Page.GetByRole(AriaRole.Heading, new() { Name = "Closes" })).ToBeVisibleAsync();
        await Expect(finance.Page.GetByRole(AriaRole.Link, new() { Name = "Operations" })).ToHaveCountAsync(0);

        await using var other = await site.VisitAsync(role: "operator");
        await other.OpenAsync("/finance", waitForNumbers: false);
        await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Name = "Forbidden" })).ToBeVisibleAsync();
        await Expect(other.Page.GetByRole(AriaRole.Link, new() { Name = "Operations" })).ToBeVisibleAsync();
        await Expect(other.Page.GetByRole(AriaRole.Link, new() { Name = "Finance" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Causes_OfThePage_AreThoseOfTheReport()
    {
        var words = await File.ReadAllTextAsync(Path.Combine(WebUnitTests.Folder, "src", "finance", "causes.ts"));
        Assert.All(Cause.All, cause => Assert.Contains($"{cause.Name}: {{", words, StringComparison.Ordinal));
        Assert.All(Cause.All, cause => Assert.Contains($"meaning: '{cause.Sentence}'", words, StringComparison.Ordinal));
    }

    // What its advertiser is told.
    private async Task<(int Clicks, int Late)> ClicksAndLateAsync(BooksDay day)
    {
        var answer = JsonElement.Parse(await site.GetAsync(
            $"/api/v1/advertisers/analytics?advertiser_id={day.Advertiser}&start_time={day.Date}&end_time={DateOnly.Parse(day.Date, CultureInfo.InvariantCulture).AddDays(1):yyyy-MM-dd}&granularity=1d", "finance"));
        return (answer.GetProperty("totals")[0].GetProperty("clicks").GetInt32(), answer.GetProperty("late_clicks").GetInt32());
    }

    // The page against the API, and both against what was planted.
    private async Task AssertReportAsync(IPage page, BooksDay day)
    {
        var report = JsonElement.Parse(await site.GetAsync($"/api/v1/finance/reconciliations/{day.Date}/report", "finance"));
        var figures = Assert.Single(report.GetProperty("currencies").EnumerateArray(), entry => entry.GetProperty("currency").GetString() == day.Currency);
        var card = page.Locator($"[data-currency={day.Currency}]");
        foreach (var side in (string[])["truth", "stream", "difference", "unexplained"])
            await Expect(card.Locator($"[data-row={side}] td")).ToHaveTextAsync(Cells(figures.GetProperty(side), day.Currency));
        foreach (var cause in figures.GetProperty("causes").EnumerateArray().Where(cause => cause.GetProperty("rows").GetInt64() > 0))
            await Expect(card.Locator($"[data-row={cause.GetProperty("cause").GetString()}] td")).ToHaveTextAsync(Cells(cause.GetProperty("counts"), day.Currency));

        await Expect(card.Locator("[data-row=truth] td").Nth(0)).ToHaveTextAsync(Tally.Text(BooksDay.Clicks));
        await Expect(card.Locator("[data-row=truth] td").Nth(1)).ToHaveTextAsync(Tally.Text(day.Currency, BooksDay.Spend));
        await Expect(card.Locator("[data-row=too_late] td").Nth(0)).ToHaveTextAsync(Tally.Text(BooksDay.Late));
        await Expect(page.Locator("[data-fact=copies]")).ToHaveTextAsync(Tally.Text(BooksDay.Repeats));
        await Expect(page.Locator("[data-row=unexplained] td").First).ToHaveTextAsync("0");
    }

    private static async Task AssertEvidenceAsync(IPage page, BooksDay day)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = $"Show clicks of cmp_peaks on {day.Date}" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"Clicks of cmp_peaks on {day.Date}" })).ToBeFocusedAsync();
        var rows = page.GetByRole(AriaRole.Region, new() { Name = "Table of clicks" }).Locator("tbody tr");
        await Expect(rows).ToHaveCountAsync(50);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show more" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(Math.Min(100, BooksDay.CopiesOf("cmp_peaks")));
        await page.GetByRole(AriaRole.Button, new() { Name = "Show more" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(BooksDay.CopiesOf("cmp_peaks"));
        await Expect(page.GetByText("all there are")).ToBeVisibleAsync();
        Assert.Equal(BooksDay.ClicksOf("cmp_peaks"), await rows.Locator(".state.healthy").CountAsync());
    }

    private static async Task AssertPrintableAsync(Visit visit, BooksDay day)
    {
        var popup = await visit.Page.RunAndWaitForPopupAsync(() => visit.Page.GetByRole(AriaRole.Link, new() { Name = "Printable statement" }).ClickAsync());
        await Expect(popup.GetByRole(AriaRole.Heading, new() { Name = $"Statement {day.Month} for {day.Advertiser}" })).ToBeVisibleAsync();
        await Expect(popup.GetByRole(AriaRole.Row, new() { Name = "Charges" })).ToContainTextAsync(BooksDay.Spend.ToString("0.000000", CultureInfo.InvariantCulture));
    }

    private static string[] Cells(JsonElement counts, string currency) =>
    [
        Tally.Text(counts.GetProperty("clicks").GetInt32()), Money(counts.GetProperty("spend_micros").GetInt64(), currency),
        Tally.Text(counts.GetProperty("impressions").GetInt32()), Tally.Text(counts.GetProperty("conversions").GetInt32()),
    ];

    private static string Money(long micros, string currency) => $"{(micros < 0 ? "-" : "")}{Tally.Text(currency, Math.Abs(micros) / 1_000_000m)}";
}
