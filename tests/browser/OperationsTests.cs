using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ClickFuncs.Browser.Tests;

[Collection(Site.Collection)]
public sealed partial class OperationsTests(Site site)
{
    [Fact]
    public async Task Figures_AfterAClick_AreThoseOfTheMetrics()
    {
        await using var visit = await site.VisitAsync();
        var link = await site.LinkAsync();
        await visit.Page.Context.APIRequest.HeadAsync(link, new() { MaxRedirects = 0 });
        await visit.OpenAsync("/operations");

        var metrics = await site.GetAsync("/metrics");
        await Expect(visit.Page.Locator("[aria-label=Health] h2")).ToContainTextAsync("Everything works.");
        await Expect(visit.Page.Locator("[aria-label=Alerts] h2")).ToHaveTextAsync(new Regex("^ *None of [0-9]+ alerts\\.$"));
        await Expect(visit.Page.Locator("[data-gauge='Log failures']")).ToHaveTextAsync("0");
        await Expect(visit.Page.Locator(".differences dd.clicks").Nth(1)).ToHaveTextAsync($"{Sum(metrics, "clickfuncs_redirect_requests_total", "outcome=\"non_click\"")}");
        var noClicks = visit.Page.Locator("tbody td:last-child");
        await Expect(noClicks).ToHaveCountAsync(8);
        // The row of a click that is not counted yet follows with the next poll.
        await Expect(visit.Page.Locator("[data-gauge=Waiting]")).ToHaveTextAsync("0");
        Assert.Equal(
            Sum(metrics, "clickfuncs_processor_events_total", "outcome=\"non_click\""),
            (await noClicks.AllTextContentsAsync()).Sum(text => int.Parse(text, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Alert_ThatFires_LeadsToItsEntryInTheRunbook()
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.RouteAsync("**/api/v1/views/operations", async route =>
        {
            var answer = await route.FetchAsync();
            var view = JsonNode.Parse(await answer.TextAsync())!;
            var alert = view["operations"]!["alerts"]!.AsArray().Single(alert => (string)alert!["id"]! == "lag")!;
            alert["state"] = "firing";
            alert["series"] = new JsonArray(new JsonObject { ["labels"] = "partition=\"3\"", ["value"] = 41, ["since"] = "2026-11-26T15:38:30Z", ["is_firing"] = true });
            await route.FulfillAsync(new() { Response = answer, Body = view.ToJsonString() });
        });
        await visit.OpenAsync("/operations");
        var alerts = visit.Page.Locator("[aria-label=Alerts]");
        await Expect(alerts).ToContainTextAsync("More than 30 s worth of clicks wait to be counted. partition=3");

        await alerts.GetByRole(AriaRole.Link, new() { Name = "What to do about lag" }).ClickAsync();

        var entry = visit.Page.Locator(":target");
        await Expect(entry).ToHaveTextAsync("Clicks become visible late");
        await Expect(entry).ToBeInViewportAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Figures_OfOneHostOfMany_AreUnknownWhereTheyAreNotThere()
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.RouteAsync("**/api/v1/views/operations", async route =>
        {
            var answer = await route.FetchAsync();
            var view = JsonNode.Parse(await answer.TextAsync())!;
            var operations = view["operations"]!;
            (operations["is_shared"], operations["freshness_seconds"]) = (true, null);
            operations["last_runs"] = new JsonArray(new JsonObject
            {
                ["schedule"] = "nightly", ["due"] = "2026-11-26T02:15:00Z", ["id"] = "nightly-2026-11-25", ["state"] = "failed", ["updated_at"] = "2026-11-26T02:16:00Z", ["failure"] = "No disk.",
            });
            foreach (var alert in operations["alerts"]!.AsArray().Where(alert => (string)alert!["id"]! != "lag"))
                (alert!["state"], alert["unknown"], alert["series"]) = ("unknown", "Each instance counts this for itself.", new JsonArray());
            view["metrics"] = "clickfuncs_partition_committed_sequence{partition=\"0\"} 7\nclickfuncs_spool_depth 3\nclickfuncs_spool_files 2\n";
            await route.FulfillAsync(new() { Response = answer, Body = view.ToJsonString() });
        });
        await visit.OpenAsync("/operations");

        await Expect(visit.Page.Locator("[aria-label=Alerts] h2")).ToContainTextAsync("None of 1 alerts. Of 18 more it is not known here.");
        foreach (var figure in new[] { "Waiting", "Watermark age", "Redirect p99", "Duplicates", "Late", "Quarantined", "Log failures" })
            await Expect(visit.Page.Locator($"[data-gauge='{figure}']")).ToHaveTextAsync("unknown");
        await Expect(visit.Page.Locator("[data-gauge=Spooled]")).ToHaveTextAsync("3");
        await Expect(visit.Page.Locator("tbody tr").First.Locator("td")).ToHaveTextAsync(["unknown", "unknown", "unknown", "–", "unknown", "unknown", "unknown", "unknown", "unknown"]);
        await Expect(visit.Page.Locator("[aria-label='Last runs']")).ToContainTextAsync("No disk.");
        Assert.Empty(visit.Complaints);
    }

    private static int Sum(string metrics, string name, string label) =>
        Sample().Matches(metrics).Where(sample => sample.Groups[1].Value == name && sample.Groups[2].Value.Contains(label, StringComparison.Ordinal))
            .Sum(sample => int.Parse(sample.Groups[3].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^(\w+)\{(.*)\} (\d+)$", RegexOptions.Multiline)]
    private static partial Regex Sample();
}
