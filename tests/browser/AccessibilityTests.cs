using System.Text.Json;
using Microsoft.Playwright;

namespace ClickFuncs.Browser.Tests;

[Collection(Site.Collection)]
public sealed class AccessibilityTests(Site site)
{
    internal static readonly string Axe = Path.Combine(WebUnitTests.Folder, "node_modules", "axe-core", "axe.min.js");

    public static TheoryData<string, int, ColorScheme> Pages
    {
        get
        {
            var pages = new TheoryData<string, int, ColorScheme>();
            foreach (var path in (string[])["/?advertiser=adv_nordlys&range=7d&device=mobile&country=NO", "/operations", "/finance", "/docs#get-api-v1-finance-statements", "/runbook"])
            {
                foreach (var width in (int[])[1280, 360])
                {
                    pages.Add(path, width, ColorScheme.Light);
                    pages.Add(path, width, ColorScheme.Dark);
                }
            }

            return pages;
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_AnySchemeAndWidth_HasNoFinding(string path, int width, ColorScheme scheme)
    {
        await using var visit = await site.VisitAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce }, RoleFor(path));
        await visit.Page.Context.AddInitScriptAsync(scriptPath: Axe);
        await visit.OpenAsync(path == "/finance" ? site.FinanceView : path, waitForNumbers: path != "/runbook");
        if (path == "/finance")
            await visit.ShowEvidenceAsync();
        if (path[1] == '?')
            await visit.Page.GetByText("Show the numbers as a table").ClickAsync();

        await AssertNoFindingAsync(visit.Page);
    }

    // What finance sees, seen by finance.
    internal static string RoleFor(string path) => path.StartsWith("/finance", StringComparison.Ordinal) ? "finance" : "operator";

    [Fact]
    public async Task SignIn_InPlaceOfTheNumbers_HasNoFinding()
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.Context.AddInitScriptAsync(scriptPath: Axe);
        await visit.Page.RouteAsync("**/api/**", route => route.FulfillAsync(StateTests.SignedOut));
        await visit.OpenAsync($"/?advertiser={History.Advertiser}", waitForNumbers: false);
        await visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" }).WaitForAsync();

        await AssertNoFindingAsync(visit.Page);
    }

    [Fact]
    public async Task ReducedMotion_Asked_MovesNothing()
    {
        await using var visit = await site.VisitAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await visit.Page.RouteAsync("**/api/**", _ => Task.CompletedTask);
        await visit.OpenAsync($"/?advertiser={History.Advertiser}", waitForNumbers: false);
        await visit.Page.Locator(".ghost").First.WaitForAsync();

        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("document.getAnimations().length"));
    }

    // All findings of the kept rules, not only the serious ones.
    internal static async Task AssertNoFindingAsync(IPage page)
    {
        var findings = await page.EvaluateAsync<JsonElement>("async () => (await axe.run()).violations.map(v => `${v.impact} ${v.id}: ${v.nodes.map(n => n.html).join(' | ')}`)");
        Assert.Empty(findings.EnumerateArray().Select(finding => finding.GetString()));
    }
}
