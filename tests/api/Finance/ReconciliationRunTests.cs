using System.Net;
using ClickFuncs.Api.Tests.SignIn;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Api.Tests.Finance;

public sealed class ReconciliationRunTests
{
    private static readonly DateOnly Day = new(2026, 6, 30);

    [Fact]
    public async Task Start_DayThatIsOver_IsAcceptedAndSaysWhereToFollowIt()
    {
        await using var host = await FinanceHost.StartAsync();

        using var answer = await host.PostAsync("""{"date":"2026-06-30"}""");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal($"{FinanceHost.Root}/reconciliations/2026-06-30", $"{answer.Headers.Location}");
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
        Assert.Equal(("close-2026-06-30", new CloseRequest(Day)), Assert.Single(host.Closes.Started));
        const string run = """{"id":"close-2026-06-30","execution":1,"workflow":"day_close","state":"pending","created_at":"2026-07-01T12:00:00Z","updated_at":"2026-07-01T12:00:00Z","steps_done":0,"progress":null,"outcome":null,"failure":null}""";
        Assert.Equal(run, await answer.Content.ReadAsStringAsync());
        Assert.Equal(run, (await host.JsonAsync("/reconciliations/2026-06-30")).GetRawText());
    }

    [Fact]
    public async Task Start_WhileOneIsUnderWay_AnswersWithThatOne()
    {
        await using var host = await FinanceHost.StartAsync();
        host.Closes.Put(Day, WorkflowState.Running, new CloseProgress("counting", Done: 3, Total: 16));

        using var answer = await host.PostAsync("""{"date":"2026-06-30"}""");

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Contains("""
            "state":"running"
            """, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(host.Closes.Started);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[\"2026-06-30\"]")]
    [InlineData("{}")]
    [InlineData("{\"date\":20260630}")]
    [InlineData("{\"date\":\"2026-6-30\"}")]
    [InlineData("{\"date\":\"2026-06-31\"}")]
    [InlineData("{\"date\":\"2026-06-30T00:00:00Z\"}")]
    [InlineData("{\"date\":\"\\ud800\"}")]
    public async Task Start_WithAnotherBody_SaysWhatToSend(string body)
    {
        await using var host = await FinanceHost.StartAsync();
        using var answer = await host.PostAsync(body);
        Assert.Equal(
            (HttpStatusCode.BadRequest, "bad-finance-request", "Send {\"date\":\"2026-07-01\"}: the day to close, UTC."), await FinanceHost.RefusalAsync(answer));
        Assert.Empty(host.Closes.Started);
    }

    [Theory]
    [InlineData("2026-07-01")]
    [InlineData("2026-07-02")]
    [InlineData("9999-12-31")]
    public async Task Start_DayThatIsNotOver_SaysThatItIsNot(string date)
    {
        await using var host = await FinanceHost.StartAsync();
        using var answer = await host.PostAsync($$"""{"date":"{{date}}"}""");
        Assert.Equal(
            (HttpStatusCode.BadRequest, "bad-finance-request", $"{date} is not over: it is 2026-07-01 12:00 UTC. A day can be closed once it has ended."),
            await FinanceHost.RefusalAsync(answer));
    }

    [Fact]
    public async Task Start_OfAnotherTypeOrTooLarge_IsRefused()
    {
        await using var host = await FinanceHost.StartAsync();
        using var form = await host.PostAsync("date=2026-06-30", "application/x-www-form-urlencoded");
        using var large = await host.PostAsync($$"""{"date":"{{new string('1', 3_000_000)}}"}""");
        Assert.Equal([HttpStatusCode.UnsupportedMediaType, HttpStatusCode.RequestEntityTooLarge], [form.StatusCode, large.StatusCode]);
    }

    [Fact]
    public async Task Start_BySessionWithoutItsSecret_IsRefused()
    {
        await using var host = await FinanceHost.StartAsync();
        var browser = await SignedInBrowser.StartAsync(host.Api, TestIssuer.Shared.TokenOf("finance"));
        using var answer = await browser.SendAsync(HttpMethod.Post, $"{FinanceHost.Root}/reconciliations");
        Assert.Equal((HttpStatusCode.Forbidden, "forged-request"), ((await FinanceHost.RefusalAsync(answer)).Status, (await FinanceHost.RefusalAsync(answer)).Type));
    }

    [Fact]
    public async Task Run_CompletedOrFailed_SaysWhatItCameTo()
    {
        await using var host = await FinanceHost.StartAsync();
        host.Closes.Put(Day, WorkflowState.Completed, new CloseProgress("charging"), new CloseOutcome(Day, 2, IsNew: true, ["drift"], 5));
        host.Closes.Put(Day.AddDays(-1), WorkflowState.Failed, new CloseProgress("settling", "Partition 2 is behind."), failure: "The day can't be counted yet.");

        var completed = await host.JsonAsync("/reconciliations/2026-06-30");
        var failed = await host.JsonAsync("/reconciliations/2026-06-29");

        Assert.Equal("""{"date":"2026-06-30","revision":2,"is_new":true,"alerts":["drift"],"entries":5}""", completed.GetProperty("outcome").GetRawText());
        Assert.Equal("""{"phase":"settling","waiting":"Partition 2 is behind.","done":null,"total":null}""", failed.GetProperty("progress").GetRawText());
        Assert.Equal(("failed", "The day can't be counted yet."), (failed.GetProperty("state").GetString(), failed.GetProperty("failure").GetString()));
    }

    [Theory]
    [InlineData("2026-06-29")]
    [InlineData("yesterday")]
    [InlineData("..%2F..%2Fetc")]
    public async Task Run_ThatIsNotThere_IsNotFound(string date)
    {
        await using var host = await FinanceHost.StartAsync();
        Assert.Equal(
            (HttpStatusCode.NotFound, "run-not-found", "There is no close of that day, running or ended."), await host.RefusalAsync($"/reconciliations/{date}"));
    }

    [Fact]
    public async Task List_PageByPage_GivesEveryRunOnceNewestFirst()
    {
        await using var host = await FinanceHost.StartAsync();
        for (var day = 0; day < 5; day++)
            host.Closes.Put(Day.AddDays(-day), WorkflowState.Completed);
        var found = new List<string>();
        for (string? continuation = ""; continuation is not null;)
        {
            var page = await host.JsonAsync($"/reconciliations?limit=2&continuation={continuation}");
            found.AddRange(page.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("id").GetString()!));
            continuation = page.GetProperty("continuation").GetString();
        }

        Assert.Equal(Enumerable.Range(0, 5).Select(day => $"close-{Day.AddDays(-day):yyyy-MM-dd}"), found);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("201")]
    [InlineData("-1")]
    [InlineData("many")]
    public async Task List_WithAnotherLimit_SaysWhichThereAre(string limit)
    {
        await using var host = await FinanceHost.StartAsync();
        Assert.Equal(
            (HttpStatusCode.BadRequest, "bad-finance-request", "limit must be a whole number from 1 to 200."), await host.RefusalAsync($"/reconciliations?limit={limit}"));
    }
}
