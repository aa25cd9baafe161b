using System.Text.Json;

namespace ClickFuncs.Browser.Tests;

[Collection(Site.Collection)]
public sealed class KeyboardTests(Site site)
{
    private const int MaxSteps = 80;

    private static readonly string[] Stops =
    [
        "Skip to the numbers", "Advertising", "Operations", "API", "Account", "Advertiser", "Last hour", "Custom", "Hour", "Spend", "Conversions", "Export CSV",
        "Show the numbers as a table", "Campaign", "Country", "Clicks", "cmp_winter_sale",
    ];

    [Fact]
    public async Task Tab_ThroughThePage_ReachesEverythingInOrderAndShowsWhere()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync($"/?advertiser={History.Advertiser}&range=7d");
        var expected = new Queue<string>(Stops);
        for (var step = 0; step < MaxSteps && expected.Count > 0; step++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            var focused = await visit.Page.EvaluateAsync<JsonElement>("""
                () => {
                  const element = document.activeElement;
                  const style = getComputedStyle(element);
                  const name = element.getAttribute('aria-label') ?? element.labels?.[0]?.querySelector('.unseen')?.textContent ?? element.querySelector('.name')?.textContent ?? element.innerText;
                  return { name: name.replace(/\s*[↑↓]$/, ''), isShown: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 };
                }
                """);
            Assert.True(focused.GetProperty("isShown").GetBoolean(), $"The focus on '{focused.GetProperty("name")}' is not shown.");
            if (focused.GetProperty("name").GetString() == expected.Peek())
                expected.Dequeue();
        }

        Assert.True(expected.Count == 0, $"Tab did not reach: {string.Join(", ", expected)}.");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Locator(".chip", new() { HasText = "cmp_winter_sale" }).WaitForAsync();
    }

    [Theory]
    [InlineData("/finance")]
    [InlineData("/operations")]
    [InlineData("/docs")]
    [InlineData("/runbook")]
    public async Task Tab_ThroughAnyPage_ReachesAllThatCanBeUsedAndShowsWhere(string path)
    {
        await using var visit = await site.VisitAsync(role: AccessibilityTests.RoleFor(path));
        await visit.OpenAsync(path == "/finance" ? site.FinanceView : path, waitForNumbers: path != "/runbook");
        if (path == "/finance")
            await visit.ShowEvidenceAsync();
        await visit.Page.EvaluateAsync("() => { window.reached = new Set(); document.activeElement.blur(); window.getSelection().setPosition(document.body, 0); }");
        for (var isRound = false; !isRound;)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            var focused = await visit.Page.EvaluateAsync<JsonElement>("""
                () => {
                  const element = document.activeElement;
                  const [first, ...others] = reached;
                  reached.add(element);
                  const style = getComputedStyle(element);
                  return {
                    isRound: element === document.body || (element === first && others.length > 0) || reached.size > 1000, name: element.outerHTML.slice(0, 120),
                    isShown: element === document.body || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
                  };
                }
                """);
            isRound = focused.GetProperty("isRound").GetBoolean();
            Assert.True(focused.GetProperty("isShown").GetBoolean(), $"The focus on '{focused.GetProperty("name")}' is not shown.");
        }

        var missed = await visit.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('a[href], button:not(:disabled), input, select, summary, [tabindex="0"]')]
              .filter(element => element.checkVisibility() && !reached.has(element)).map(element => element.outerHTML.slice(0, 120))
            """);
        Assert.Empty(missed);
    }

    [Fact]
    public async Task SkipLink_Followed_GoesPastTheNavigation()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync($"/?advertiser={History.Advertiser}&range=7d");
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Keyboard.PressAsync("Tab");

        Assert.Equal("SELECT", await visit.Page.EvaluateAsync<string>("document.activeElement.tagName"));
    }
}
