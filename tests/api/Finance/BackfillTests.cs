using System.Net;
using System.Text.Json;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Tests.Backfill;
using ClickFuncs.Testing.Workflows;

namespace ClickFuncs.Api.Tests.Finance;

/// <summary>R30 over HTTP, with the product's workflow over stores in memory: one hour of which the stream has left a late click out.</summary>
public sealed class BackfillTests : IAsyncLifetime
{
    private const string Id = "backfill-20260701T00-20260701T01";
    private const string Range = "\"from\":\"2026-07-01T00:00Z\",\"to\":\"2026-07-01T01:00Z\"";
    private BackfillRig _rig = null!;
    private WorkflowRig _workflows = null!;
    private FinanceHost _host = null!;

    public async Task InitializeAsync()
    {
        _rig = await BackfillRig.CreateAsync();
        _workflows = _rig.Workflows();
        _host = await FinanceHost.StartAsync(_rig.Archive.Lake, await _workflows.StartAsync(), new CountingPolicy { AllowedLateness = TimeSpan.FromHours(1) });
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _workflows.DisposeAsync();
    }

    [Fact]
    public async Task Start_Range_IsAcceptedCountedAndKept()
    {
        using var answer = await _host.PostToAsync("/backfills", $"{{{Range}}}");

        Assert.Equal((HttpStatusCode.Accepted, $"{FinanceHost.Root}/backfills/{Id}"), (answer.StatusCode, $"{answer.Headers.Location}"));
        var run = await EndAsync();
        Assert.Equal("completed", run.GetProperty("state").GetString());
        var outcome = run.GetProperty("outcome");
        Assert.Equal((false, JsonValueKind.Object), (outcome.GetProperty("applied").GetBoolean(), outcome.GetProperty("staged").ValueKind));
        Assert.Equal(1, outcome.GetProperty("difference").GetProperty("rows").GetInt32());
        Assert.Equal(2, await _rig.ClicksAsync());
    }

    [Fact]
    public async Task List_AndStatus_HaveTheRun()
    {
        await KeepAsync();
        var listed = Assert.Single((await _host.JsonAsync("/backfills")).GetProperty("runs").EnumerateArray());
        Assert.Equal(Id, listed.GetProperty("id").GetString());
        Assert.Equal(listed.GetRawText(), (await _host.JsonAsync($"/backfills/{Id}")).GetRawText());
    }

    [Fact]
    public async Task Difference_OfAKeptResult_IsEveryRowThatDiffersAsCsv()
    {
        await KeepAsync();
        using var answer = await _host.GetAsync($"/backfills/{Id}/difference");
        var lines = (await answer.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n');
        Assert.Equal(("text/csv", 2), (answer.Content.Headers.ContentType?.MediaType, lines.Length));
        Assert.StartsWith("start,", lines[0], StringComparison.Ordinal);
        Assert.Contains("2026-07-01T00:02:00", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_KeptResult_SwapsItInAndIsTheSameAgain()
    {
        await KeepAsync();

        using var first = await _host.PostToAsync($"/backfills/{Id}/apply");
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.True((await EndAsync()).GetProperty("outcome").GetProperty("applied").GetBoolean());
        Assert.Equal(3, await _rig.ClicksAsync());

        using var again = await _host.PostToAsync($"/backfills/{Id}/apply");
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.Equal((2, "completed"), await ExecutionAsync());
        Assert.Equal(3, await _rig.ClicksAsync());
    }

    [Fact]
    public async Task Discard_KeptResult_ThrowsItAway()
    {
        await KeepAsync();

        using var answer = await _host.PostToAsync($"/backfills/{Id}/discard");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(JsonValueKind.Null, (await EndAsync()).GetProperty("outcome").GetProperty("staged").ValueKind);
        Assert.Equal(2, await _rig.ClicksAsync());
        Assert.Empty(await _rig.Analytics.ListAreasAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("discard", "apply")]
    [InlineData("apply", "discard")]
    public async Task Decide_TheOtherWayAfterwards_IsRefused(string first, string second)
    {
        await KeepAsync();
        using var decided = await _host.PostToAsync($"/backfills/{Id}/{first}");
        await EndAsync();
        var clicks = await _rig.ClicksAsync();

        using var refused = await _host.PostToAsync($"/backfills/{Id}/{second}");

        Assert.Equal((HttpStatusCode.Conflict, "nothing-staged"), await ProblemAsync(refused));
        Assert.Equal(clicks, await _rig.ClicksAsync());
    }

    [Fact]
    public async Task Decide_WhileTheRangeIsCounted_IsRefused()
    {
        using var staging = new HeldStaging(_rig.Analytics);
        _rig.Staging = staging;
        await using var workflows = _rig.Workflows();
        await using var host = await FinanceHost.StartAsync(_rig.Archive.Lake, await workflows.StartAsync(), new CountingPolicy { AllowedLateness = TimeSpan.FromHours(1) });
        using var started = await host.PostToAsync("/backfills", $"{{{Range}}}");
        await staging.Reached;

        using var decided = await host.PostToAsync($"/backfills/{Id}/apply");
        using var other = await host.PostToAsync("/backfills", $"{{{Range},\"then\":\"apply\"}}");
        using var same = await host.PostToAsync("/backfills", $"{{{Range}}}");

        Assert.Equal((HttpStatusCode.Conflict, "backfill-under-way"), await ProblemAsync(decided));
        Assert.Equal((HttpStatusCode.Conflict, "backfill-under-way"), await ProblemAsync(other));
        Assert.Equal(HttpStatusCode.Accepted, same.StatusCode);
        staging.Release();
        await workflows.RunToEndAsync(Id);
    }

    [Theory]
    [InlineData("GET", "/backfills/backfill-20260701T00-20260701T02")]
    [InlineData("GET", "/backfills/close-2026-07-01")]
    [InlineData("GET", "/backfills/backfill-20260701T00-20260701T02/difference")]
    [InlineData("POST", "/backfills/backfill-20260701T00-20260701T02/apply")]
    [InlineData("POST", "/backfills/close-2026-07-01/discard")]
    public async Task Unknown_Id_IsNotFound(string method, string path)
    {
        using var answer = method == "GET" ? await _host.GetAsync(path) : await _host.PostToAsync(path);
        Assert.Equal((HttpStatusCode.NotFound, "backfill-not-found"), await ProblemAsync(answer));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"from\":\"2026-07-01T00:00Z\"}")]
    [InlineData("{\"from\":\"2026-07-01T00:00Z\",\"to\":\"2026-07-01T00:30Z\"}")]
    [InlineData("{\"from\":\"2026-07-01T01:00Z\",\"to\":\"2026-07-01T01:00Z\"}")]
    [InlineData("{" + Range + ",\"then\":\"perhaps\"}")]
    public async Task Start_RangeThatCannotBe_SaysWhy(string body)
    {
        using var answer = await _host.PostToAsync("/backfills", body);
        Assert.Equal((HttpStatusCode.BadRequest, "bad-finance-request"), await ProblemAsync(answer));
        Assert.Empty((await _host.JsonAsync("/backfills")).GetProperty("runs").EnumerateArray());
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("advertiser")]
    public async Task Backfills_ToOtherRoles_AreClosed(string role)
    {
        await KeepAsync();
        foreach (var path in (string[])["/backfills", $"/backfills/{Id}/apply", $"/backfills/{Id}/discard"])
        {
            using var answer = await _host.PostToAsync(path, $"{{{Range}}}", role: role);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        foreach (var path in (string[])["/backfills", $"/backfills/{Id}", $"/backfills/{Id}/difference"])
        {
            using var answer = await _host.GetAsync(path, role);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Equal((1, "completed"), await ExecutionAsync());
        Assert.Single(await _rig.Analytics.ListAreasAsync(CancellationToken.None));
    }

    private static async Task<(HttpStatusCode, string)> ProblemAsync(HttpResponseMessage answer)
    {
        var (status, type, _) = await FinanceHost.RefusalAsync(answer);
        return (status, type);
    }

    private async Task KeepAsync()
    {
        using var answer = await _host.PostToAsync("/backfills", $"{{{Range},\"then\":\"keep\"}}");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await EndAsync();
    }

    private async Task<JsonElement> EndAsync()
    {
        await _workflows.RunToEndAsync(Id);
        return await _host.JsonAsync($"/backfills/{Id}");
    }

    private async Task<(int Execution, string? State)> ExecutionAsync()
    {
        var run = await _host.JsonAsync($"/backfills/{Id}");
        return (run.GetProperty("execution").GetInt32(), run.GetProperty("state").GetString());
    }
}
