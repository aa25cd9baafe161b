using System.Net;
using System.Text.Json;
using ClickFuncs.Api.Operations;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Api.Tests.SignIn;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Testing.Workflows;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Tests.Operations;

/// <summary>A schedule whose run waits until noon has passed, over a runner in memory; it is 12:00 on 1 July 2026.</summary>
public sealed class ScheduledRunTests : IAsyncLifetime
{
    private const string Root = "/api/v1/operations";
    private static readonly Script<string, string> Work = new("work", async (context, day) =>
    {
        await context.DelayUntilAsync(context.Now.AddMinutes(1));
        return $"done {day}";
    });

    private readonly InMemoryWorkflowJournal _journal = new();
    private readonly WorkflowRig _rig;
    private ApiHost _host = null!;

    public ScheduledRunTests() => _rig = WorkflowRig.Over(new WorkflowCatalog().Add(Work), () => _journal);

    public async Task InitializeAsync()
    {
        var runner = await _rig.StartAsync();
        _host = await ApiHost.StartAsync(map: app => app.MapOperations(), add: services => services.AddSingleton<IWorkflowClient>(runner)
            .AddSingleton<IReadOnlyList<WorkflowSchedule>>([WorkflowSchedule.For("upkeep", "40 3 * * *", Work, due => $"upkeep-{Day(due)}", Day)]));
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _rig.DisposeAsync();
    }

    [Fact]
    public async Task Schedules_ToAnOperator_AreListed() => Assert.Equal(
        """{"schedules":[{"name":"upkeep","cron":"40 3 * * *"}]}""", await (await AsAsync("operator", HttpMethod.Get, "/schedules")).Content.ReadAsStringAsync());

    [Fact]
    public async Task Start_TwiceWhileUnderWay_AnswersWithTheFirst()
    {
        using var first = await AsAsync("operator", HttpMethod.Post, "/schedules/upkeep/runs");
        using var second = await AsAsync("operator", HttpMethod.Post, "/schedules/upkeep/runs");

        Assert.Equal((HttpStatusCode.Accepted, $"{Root}/runs/upkeep-2026-07-01"), (first.StatusCode, $"{first.Headers.Location}"));
        Assert.Equal((HttpStatusCode.Accepted, 1), (second.StatusCode, (await JsonAsync(second)).GetProperty("execution").GetInt32()));

        await _rig.RunToEndAsync("upkeep-2026-07-01");
        var run = await JsonAsync(await AsAsync("operator", HttpMethod.Get, "/runs/upkeep-2026-07-01"));
        Assert.Equal(("completed", "done 2026-07-01"), (run.GetProperty("state").GetString(), run.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task Start_AfterItsEnd_RunsItAgain()
    {
        using var first = await AsAsync("operator", HttpMethod.Post, "/schedules/upkeep/runs");
        await _rig.RunToEndAsync("upkeep-2026-07-01");

        using var again = await AsAsync("operator", HttpMethod.Post, "/schedules/upkeep/runs");

        Assert.Equal(2, (await JsonAsync(again)).GetProperty("execution").GetInt32());
        var listed = await JsonAsync(await AsAsync("operator", HttpMethod.Get, "/runs?prefix=upkeep-"));
        Assert.Equal(2, Assert.Single(listed.GetProperty("runs").EnumerateArray()).GetProperty("execution").GetInt32());
    }

    [Theory]
    [InlineData("POST", "/schedules/no/runs", "schedule-not-found")]
    [InlineData("GET", "/runs/no", "run-not-found")]
    public async Task Unknown_ScheduleOrRun_IsNotFound(string method, string path, string problem)
    {
        using var answer = await AsAsync("operator", new HttpMethod(method), path);
        Assert.Equal((HttpStatusCode.NotFound, $"/problems/{problem}"), (answer.StatusCode, (await JsonAsync(answer)).GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData("finance")]
    [InlineData("advertiser")]
    public async Task Operations_ToOtherRoles_AreClosed(string role)
    {
        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Get, "/schedules"), (HttpMethod.Post, "/schedules/upkeep/runs"), (HttpMethod.Get, "/runs"), (HttpMethod.Get, "/runs/x")])
        {
            using var answer = await AsAsync(role, method, path);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Null(await _rig.Runner.GetAsync("upkeep-2026-07-01", CancellationToken.None));
    }

    private static string Day(DateTimeOffset due) => FormattableString.Invariant($"{due:yyyy-MM-dd}");

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => JsonElement.Parse(await answer.Content.ReadAsStringAsync());

    private Task<HttpResponseMessage> AsAsync(string role, HttpMethod method, string path) =>
        _host.SendAsync(method, Root + path, ("Authorization", $"Bearer {TestIssuer.Shared.TokenOf(role, "adv_1")}"));
}
