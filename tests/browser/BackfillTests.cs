using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClickFuncs.Browser.Tests;

[Collection(Site.Collection)]
public sealed class BackfillTests(Site site)
{
    private DateTimeOffset Start => site.History.FirstFullDay.AddDays(2);

    [Fact]
    public async Task Result_AppliedOnThePage_IsAskedAboutFirstAndThenShownAsApplied()
    {
        var id = await site.BackfillAsync(Start.AddHours(3), Start.AddHours(5));
        await using var visit = await site.VisitAsync(role: "finance");
        await visit.OpenAsync("/finance");
        var row = visit.Page.Locator($"[data-backfill='{id}']");
        await Expect(row).ToContainTextAsync("Waits for a decision");
        await row.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        var question = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "Show the result of this range?" });
        await Expect(question).ToContainTextAsync($"{Start.AddHours(3):yyyy-MM-dd HH:mm} to {Start.AddHours(5):yyyy-MM-dd HH:mm}");

        // Whoever thinks twice has decided nothing.
        await Expect(question.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(question).ToHaveCountAsync(0);
        await Expect(row).ToContainTextAsync("Waits for a decision");

        await row.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "Apply it" }).ClickAsync();

        await Expect(row).ToContainTextAsync("Applied");
        await Expect(row.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        Assert.True((await site.BackfillOutcomeAsync(id)).GetProperty("applied").GetBoolean());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Result_DiscardedOnThePage_IsGoneAndNotApplied()
    {
        var id = await site.BackfillAsync(Start.AddHours(8), Start.AddHours(9));
        await using var visit = await site.VisitAsync(role: "finance");
        await visit.OpenAsync("/finance");
        var row = visit.Page.Locator($"[data-backfill='{id}']");
        await row.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Discard it" }).ClickAsync();

        await Expect(row).ToContainTextAsync("Discarded");
        var outcome = await site.BackfillOutcomeAsync(id);
        Assert.False(outcome.GetProperty("applied").GetBoolean());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, outcome.GetProperty("staged").ValueKind);
    }

    [Fact]
    public async Task Decision_WithoutTheSessionsProof_IsRefusedAndSaidOnThePage()
    {
        var id = await site.BackfillAsync(Start.AddHours(12), Start.AddHours(13));
        await using var visit = await site.VisitAsync(role: "finance");
        await visit.Page.RouteAsync("**/backfills/*/apply", route => route.ContinueAsync(new()
        {
            Headers = route.Request.Headers.Where(header => !header.Key.Equals("x-csrf-token", StringComparison.OrdinalIgnoreCase)).ToDictionary(),
        }));
        await visit.OpenAsync("/finance");
        await visit.Page.Locator($"[data-backfill='{id}']").GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Apply it" }).ClickAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("X-CSRF-Token");
        Assert.Equal(System.Text.Json.JsonValueKind.Object, (await site.BackfillOutcomeAsync(id)).GetProperty("staged").ValueKind);
    }

    [Fact]
    public async Task Question_Open_HasNoFinding()
    {
        var id = await site.BackfillAsync(Start.AddHours(15), Start.AddHours(16));
        await using var visit = await site.VisitAsync(role: "finance");
        await visit.Page.Context.AddInitScriptAsync(scriptPath: AccessibilityTests.Axe);
        await visit.OpenAsync("/finance");
        await visit.Page.Locator($"[data-backfill='{id}']").GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).WaitForAsync();

        await AccessibilityTests.AssertNoFindingAsync(visit.Page);
    }
}
