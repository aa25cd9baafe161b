using System.Net;
using System.Text.Json;
using ClickFuncs.Api.Alerts;
using ClickFuncs.Api.Operations;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Api.Tests.SignIn;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Api.Tests.Operations;

public sealed class OperationsEndpointTests
{
    [Fact]
    public async Task Operations_AskedByAnOperator_ListsEveryAlert()
    {
        await using var host = await StartAsync();
        using var answer = await host.GetAsOperatorAsync("/api/v1/operations");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var alerts = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("alerts").EnumerateArray().ToList();
        Assert.Equal(AlertRules.All.Select(rule => rule.Id).Order(), alerts.Select(alert => alert.GetProperty("id").GetString()!).Order());
        Assert.All(alerts, alert => Assert.StartsWith("docs/operations.md#", alert.GetProperty("runbook").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Operations_AskedByAnAdvertiser_IsRefused()
    {
        await using var host = await StartAsync();
        using var answer = await host.GetAsync("/api/v1/operations", ("Authorization", $"Bearer {TestIssuer.Shared.TokenOf("advertiser", "adv_88f7e6d5")}"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Operations_AfterAReconciliationAlert_ShowsAndCountsItAsFiring()
    {
        await using var host = await StartAsync();
        await host.GetAsOperatorAsync("/api/v1/operations");
        BatchInstruments.ReconciliationAlerts.Add(1, new KeyValuePair<string, object?>("alert", "unexplained"));

        var first = await WaitForFirstAsync(host, "unexplained");
        Assert.Equal("firing", first.GetProperty("state").GetString());
        Assert.Equal("page", first.GetProperty("severity").GetString());
        using var metrics = await host.GetAsOperatorAsync("/metrics");
        Assert.Contains("clickfuncs_alerts_firing{alert=\"unexplained\",severity=\"page\"} 1", await metrics.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    // The evaluation runs beside: the clock is moved until it has seen the increment.
    private static async Task<JsonElement> WaitForFirstAsync(ApiHost host, string id)
    {
        while (true)
        {
            host.Clock.Advance(new AlertOptions().Interval);
            using var answer = await host.GetAsOperatorAsync("/api/v1/operations");
            var first = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("alerts")[0];
            if (first.GetProperty("id").GetString() == id)
                return first;
        }
    }

    private static Task<ApiHost> StartAsync() => ApiHost.StartAsync(map: app => app.MapAlerts(), add: services => services.AddAlerts());
}
