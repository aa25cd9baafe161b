using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClickFuncs.Browser.Tests;

[Collection(Site.Collection)]
public sealed partial class StateTests(Site site)
{
    private const string Api = "**/api/v1/views/advertiser?*";

    private static readonly string View = $"/?advertiser={History.Advertiser}&range=7d";

    internal static RouteFulfillOptions SignedOut => new()
    {
        Status = 401, ContentType = "application/problem+json",
        Body = """{"type":"/problems/unauthorized","title":"Unauthorized","status":401,"detail":"This path needs credentials.","code":"unauthorized"}""",
    };

    [Fact]
    public async Task Range_WithNothingInIt_SaysSo()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync($"/?advertiser={Site.ClickedAdvertiser}&from=2020-01-01&to=2020-01-02");
        await Expect(visit.Page.GetByText("Nothing was counted in this range.")).ToBeVisibleAsync();
        await Expect(visit.Figure("clicks")).ToHaveTextAsync("0");
        await Expect(visit.Figure("ctr")).ToHaveTextAsync("–");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Question_TheServerRefuses_ShowsItsSentence()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync($"/?advertiser={History.Advertiser}&from=1900-01-01&to=1900-01-02", waitForNumbers: false);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Bad analytics query" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("start_time is '1900-01-01T00:00:00.000Z'; it must be ISO-8601")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Session_Missing_AsksToSignInAndGoesOnAfterwards()
    {
        await using var visit = await site.VisitAsync();
        var (isSignedIn, posted) = (false, "");
        await visit.Page.RouteAsync(Api, route => isSignedIn ? route.ContinueAsync() : route.FulfillAsync(SignedOut));
        await visit.Page.RouteAsync("**/signin", route =>
        {
            (isSignedIn, posted) = (true, route.Request.PostData ?? "");
            return route.FulfillAsync(new() { Status = 200, ContentType = "application/json", Body = "{}" });
        });
        await visit.OpenAsync(View, waitForNumbers: false);

        await visit.Page.GetByLabel("Token").FillAsync(" a.b.c ");
        await visit.ClickAsync(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }));

        Assert.Equal("""{"token":"a.b.c"}""", posted);
        await Expect(visit.Figure("clicks")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Server_GoneForAWhile_KeepsTheNumbersSaysSoAndRecovers()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync(View);
        var before = await visit.Figure("clicks").TextContentAsync();

        await visit.Page.RouteAsync(Api, route => route.AbortAsync("connectionrefused"));
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The server can't be reached.");
        await Expect(visit.Figure("clicks")).ToHaveTextAsync(before!);

        await visit.Page.UnrouteAsync(Api);
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Counts_NotMovingForLong_AreCalledStale()
    {
        await using var visit = await site.VisitAsync();
        await AlterAsync(visit, answer => AsOf().Replace(answer, "\"as_of\":\"2026-01-01T00:00:00Z\"", 1));
        await visit.OpenAsync(View);
        await Expect(visit.Page.Locator(".freshness")).ToContainTextAsync("No new counts for");
    }

    [Fact]
    public async Task Points_OfClosedDays_AreMarkedFinal()
    {
        await using var visit = await site.VisitAsync();
        await visit.OpenAsync($"/?advertiser={History.Advertiser}&range=7d");
        await Expect(visit.Page.Locator(".legend")).ToContainTextAsync("Final recounted from the raw log and reconciled; this is what is billed.");

        await visit.Page.GetByText("Show the numbers as a table").ClickAsync();

        // Of the seven days only yesterday is closed.
        await Expect(visit.Page.Locator(".series tbody td", new() { HasTextRegex = FinalCell() })).ToHaveCountAsync(24);
    }

    private static Task<IAsyncDisposable> AlterAsync(Visit visit, Func<string, string> alter) => visit.Page.RouteAsync(Api, async route =>
    {
        var answer = await route.FetchAsync();
        await route.FulfillAsync(new() { Response = answer, Body = alter(await answer.TextAsync()) });
    });

    [GeneratedRegex("\"as_of\":\"[^\"]*\"")]
    private static partial Regex AsOf();

    [GeneratedRegex("^Final$")]
    private static partial Regex FinalCell();
}
