using ClickFuncs.Batch.Workflows;
using ClickFuncs.Batch.Workflows.Journal;

namespace ClickFuncs.Testing.Workflows;

public abstract partial class WorkflowRunnerContract
{
    [Fact]
    public async Task Run_StepAfterStep_EndsWithItsOutput()
    {
        var ended = await RunAsync(async (context, number) =>
        {
            var first = await context.CallAsync(Twice, number);
            return $"{context.InstanceId}:{first + await context.CallAsync(Twice, first)}";
        }, input: 5);
        Assert.Equal((WorkflowState.Completed, "run:30", 2), (ended.State, ended.ReadOutput<string>(), ended.StepsDone));
        Assert.Equal([("run", 1, 0, 1), ("run", 1, 1, 1)], _calls.Select(c => (c.InstanceId, c.Execution, c.Step, c.Attempt)));
        Assert.Equal(ended, await _rig.Runner.GetAsync("run", Never));
    }

    [Fact]
    public async Task Start_WhileUnderWay_ReportsTheFirst()
    {
        var workflow = await UseAsync((context, _) => context.CallAsync(Gated, "done"));
        var first = await StartAsync(workflow, input: 1);
        _rig.Clock.Advance(TimeSpan.FromHours(1));
        var second = await StartAsync(workflow, input: 2);
        Assert.Equal((StartOutcome.Started, StartOutcome.AlreadyRunning), (first.Outcome, second.Outcome));
        Assert.Equal(("1", first.Status.CreatedAt, 1), (second.Status.Input, second.Status.CreatedAt, second.Status.Execution));
        _gate.SetResult(".");
        Assert.Equal("done.", (await _rig.RunToEndAsync("run")).ReadOutput<string>());
        Assert.Single(_calls);
    }

    [Fact]
    public async Task Start_ManyAtOnce_BeginsOneRun()
    {
        var workflow = await UseAsync((context, _) => context.CallAsync(Gated, "done"));
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => StartAsync(workflow, input: i))));
        Assert.Single(results, result => result.Outcome == StartOutcome.Started);
        Assert.Single(results.Select(result => result.Status.Input).Distinct());
        _gate.SetResult(".");
        await _rig.RunToEndAsync("run");
        Assert.Single(_calls);
    }

    [Fact]
    public async Task Start_AfterAnEnd_BeginsTheNextExecution()
    {
        var workflow = await UseAsync(async (context, number) => $"{await context.CallAsync(Twice, number)}");
        await StartAsync(workflow, input: 1);
        await _rig.RunToEndAsync("run");
        var again = await StartAsync(workflow, input: 2);
        Assert.Equal((StartOutcome.Started, 2), (again.Outcome, again.Status.Execution));
        Assert.Equal("4", (await _rig.RunToEndAsync("run")).ReadOutput<string>());
    }

    [Fact]
    public async Task Start_OnlyOnceAfterAnEnd_LeavesIt()
    {
        var workflow = await UseAsync((_, _) => throw new InvalidDataException("broken"));
        await StartAsync(workflow);
        var ended = await _rig.RunToEndAsync("run");
        var again = await StartAsync(workflow, policy: StartPolicy.OnlyOnce);
        Assert.Equal((StartOutcome.AlreadyEnded, ended), (again.Outcome, again.Status));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("@close")]
    [InlineData("blå")]
    public async Task Start_WithWhatIsNoId_IsRefused(string id)
    {
        var workflow = await UseAsync((_, _) => Task.FromResult("done"));
        await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(workflow, id));
    }

    [Fact]
    public async Task Start_WorkflowThatIsNotInTheCatalog_IsRefused()
    {
        var stranger = new Script<int, string>("stranger", (_, _) => Task.FromResult("done"));
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(stranger));
        Assert.Contains("stranger", refusal.Message, StringComparison.Ordinal);
        Assert.Null(await _rig.Runner.GetAsync("run", Never));
    }

    [Fact]
    public async Task Start_ThatDiedBeforeItWasSeen_IsResumedByTheNextStart()
    {
        var workflow = await UseAsync((_, _) => Task.FromResult("done"));
        // Written, but the runner never heard of it.
        await _rig.Journal.BeginAsync(
            new NewExecution("run", "test", "0", _rig.Clock.GetUtcNow(), StartPolicy.AgainWhenEnded, null), Never);
        Assert.Equal(StartOutcome.AlreadyRunning, (await StartAsync(workflow)).Outcome);
        Assert.Equal("done", (await _rig.RunToEndAsync("run")).ReadOutput<string>());
    }

    [Fact]
    public async Task List_WithPrefix_GivesTheNewestExecutions()
    {
        var workflow = await UseAsync((_, number) => Task.FromResult($"{number}"));
        foreach (var id in new[] { "close-1", "close-2", "other" })
        {
            await StartAsync(workflow, id);
            await _rig.RunToEndAsync(id);
        }

        var page = await _rig.Runner.ListAsync("close-", 1, null, Never);
        Assert.Equal("close-2", Assert.Single(page.Runs).InstanceId);
        Assert.Equal("close-1", Assert.Single((await _rig.Runner.ListAsync("close-", 1, page.Continuation, Never)).Runs).InstanceId);
    }

    [Fact]
    public async Task Retention_AtStart_DeletesWhatEndedLongAgo()
    {
        var workflow = await UseAsync((_, _) => Task.FromResult("done"));
        await StartAsync(workflow, "old");
        await _rig.RunToEndAsync("old");
        _rig.Clock.Advance(_rig.Options.RetainFor);
        await StartAsync(workflow, "new");
        await _rig.RunToEndAsync("new");
        _rig.Clock.Advance(TimeSpan.FromDays(1));
        await _rig.StartAsync();
        await _rig.StopAsync();
        await _rig.StartAsync();
        Assert.Equal("new", Assert.Single((await _rig.Runner.ListAsync("", 9, null, Never)).Runs).InstanceId);
    }

    [Fact]
    public async Task Wait_ForNothing_SaysSo() =>
        await Assert.ThrowsAsync<KeyNotFoundException>(() => _rig.Runner.WaitAsync("nobody", Never));
}
