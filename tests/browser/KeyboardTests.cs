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
