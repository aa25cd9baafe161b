using ClickFuncs.Batch.Workflows;
using ClickFuncs.Batch.Workflows.Journal;

namespace ClickFuncs.Testing.Workflows;

public abstract partial class WorkflowRunnerContract
{
    [Fact]
    public async Task Cancel_WhileUnderWay_StopsTheActivityAndEndsTheRun()
    {
        await StartAsync(await UseAsync((context, _) => context.CallAsync(Gated, "done")));
        await CalledAsync(1);
        Assert.True(await _rig.Runner.CancelAsync("run", "wrong day" + new string('!', 100_000), Never));
        var ended = await _rig.RunToEndAsync("run");
        Assert.Equal(WorkflowState.Cancelled, ended.State);
        Assert.StartsWith("wrong day!", ended.Failure!.Message, StringComparison.Ordinal);
        Assert.True(_calls.Single().CancellationToken.IsCancellationRequested);
        Assert.False(await _rig.Runner.CancelAsync("run", "again", Never));
        Assert.False(await _rig.Runner.CancelAsync("nobody", "again", Never));
    }

    [Fact]
    public async Task Cancel_ThatDiedBeforeTheEnd_IsCarriedOutAtTheNextStart()
    {
        await StartAsync(await UseAsync((context, _) => context.CallAsync(Gated, "done")));
        await CalledAsync(1);
        await _rig.StopAsync();
        var journal = OpenJournal();
        var run = await journal.FindAsync("run", Never);
        var request = new JournalEntry { Kind = JournalEntryKind.CancelRequested, At = _rig.Clock.GetUtcNow(), Body = WorkflowJson.Write(new FailureDetails("Cancelled", "why"), "") };
        await journal.AppendAsync(run!.Key, run.NextSequence, [request], Never);
        (journal as IDisposable)?.Dispose();
        await _rig.StartAsync();
        var ended = await _rig.RunToEndAsync("run");
        Assert.Equal((WorkflowState.Cancelled, "why"), (ended.State, ended.Failure!.Message));
        Assert.Single(_calls);
    }

    [Fact]
    public async Task Cancel_WithAChildUnderWay_CancelsItToo()
    {
        var child = new Script<int, string>("child", (context, _) => context.CallAsync(Gated, "done"));
        var parent = new Script<int, string>("test", (context, _) => context.CallWorkflowAsync(child, "run:child", 1));
        await UseAsync(child, parent);
        await StartAsync(parent);
        await CalledAsync(1);
        Assert.True(await _rig.Runner.CancelAsync("run", "wrong day", Never));
        Assert.Equal(WorkflowState.Cancelled, (await _rig.RunToEndAsync("run")).State);
        Assert.Equal(WorkflowState.Cancelled, (await _rig.Runner.GetAsync("run:child", Never))!.State);
    }

    [Fact]
    public async Task Stop_WhileAnActivityRuns_IsNoFailureAndIsResumed()
    {
        await StartAsync(await UseAsync(async (context, _) => await context.CallAsync(Gated, "done") + await context.CallAsync(Twice, 1)));
        await CalledAsync(1);
        var waiting = _rig.Runner.WaitAsync("run", Never);
        await _rig.StopAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => waiting);
        await _rig.StartAsync();
        _gate.SetResult(".");
        Assert.Equal("done.2", (await _rig.RunToEndAsync("run")).ReadOutput<string>());
        Assert.All(_calls, call => Assert.Equal(1, call.Attempt));
        Assert.DoesNotContain(await _rig.ReadJournalAsync("run"), entry => entry.Kind == JournalEntryKind.AttemptFailed);
    }

    [Fact]
    public async Task Stop_WhileAnActivityFinishes_KeepsWhatItDid()
    {
        var stubborn = new Activity<int, int>("stubborn");
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var runs = 0;
        var workflow = new Script<int, string>("test", async (context, _) => $"{await context.CallAsync(stubborn, 1)}{await context.CallAsync(Twice, 1)}");
        _rig.Catalog = Catalog(workflow).Bind(stubborn, async (_, _) =>
        {
            runs++;
            entered.SetResult();
            await _gate.Task;
            return 7;
        });
        await _rig.StartAsync();
        await StartAsync(workflow);
        await entered.Task;
        var stopping = _rig.StopAsync();
        _gate.SetResult("");
        await stopping;
        Assert.Empty(_calls);
        await _rig.StartAsync();
        Assert.Equal("72", (await _rig.RunToEndAsync("run")).ReadOutput<string>());
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Child_Completed_GivesItsOutputAndIsARunOfItsOwn()
    {
        var child = new Script<int, string>("child", async (context, number) => $"{await context.CallAsync(Twice, number)}");
        var parent = new Script<int, string>("test", async (context, number) =>
            string.Join('+', await Task.WhenAll(Enumerable.Range(0, 3).Select(i => context.CallWorkflowAsync(child, $"run:{i}", number + i)))));
        await UseAsync(child, parent);
        await StartAsync(parent, input: 10);
        Assert.Equal("20+22+24", (await _rig.RunToEndAsync("run")).ReadOutput<string>());
        Assert.Equal("22", (await _rig.Runner.GetAsync("run:1", Never))!.ReadOutput<string>());
    }

    [Fact]
    public async Task Child_Failed_ThrowsItsReasonIntoTheParent()
    {
        WorkflowFailedException? caught = null;
        var child = new Script<int, string>("child", (_, _) => throw new InvalidDataException("no such day"));
        var parent = new Script<int, string>("test", async (context, _) =>
        {
            try
            {
                return await context.CallWorkflowAsync(child, "run:child", 1);
            }
            catch (WorkflowFailedException failure)
            {
                caught = failure;
                return "caught";
            }
        });
        await UseAsync(child, parent);
        await StartAsync(parent);
        Assert.Equal("caught", (await _rig.RunToEndAsync("run")).ReadOutput<string>());
        Assert.Equal(("child", "run:child", "no such day"), (caught!.Workflow, caught.InstanceId, caught.Failure.Message));
    }

    [Fact]
    public async Task Child_OfAnIdThatSomebodyElseRuns_FailsInsteadOfTakingItsAnswer()
    {
        var child = new Script<int, string>("child", (context, _) => context.CallAsync(Gated, "done"));
        var parent = new Script<int, string>("test", (context, _) => context.CallWorkflowAsync(child, "shared", 2));
        await UseAsync(child, parent);
        await StartAsync(child, "shared", 1);
        await StartAsync(parent);
        var ended = await _rig.RunToEndAsync("run");
        Assert.Equal(WorkflowState.Failed, ended.State);
        Assert.Contains("somebody else started", ended.Failure!.Message, StringComparison.Ordinal);
        _gate.SetResult(".");
        Assert.Equal(WorkflowState.Completed, (await _rig.RunToEndAsync("shared")).State);
    }

    [Fact]
    public async Task Resume_WorkflowThatIsNoLongerThere_IsLeftUntilSomebodyCancelsIt()
    {
        await StartAsync(await UseAsync((context, _) => context.CallAsync(Gated, "done")));
        await CalledAsync(1);
        await UseAsync();
        Assert.Equal(WorkflowState.Running, (await _rig.Runner.GetAsync("run", Never))!.State);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _rig.Runner.WaitAsync("run", Never));
        Assert.True(await _rig.Runner.CancelAsync("run", "gone", Never));
        Assert.Equal(WorkflowState.Cancelled, (await _rig.Runner.GetAsync("run", Never))!.State);
    }

    [Fact]
    public async Task Journal_FailingForAWhile_IsTriedAgainFromWhatItHas()
    {
        var hook = new FailingHook(failures: 4);
        _rig.Hook = hook;
        var workflow = await UseAsync(async (context, _) => $"{await context.CallAsync(Twice, 1)}{await context.CallAsync(Twice, 2)}");
        await StartAsync(workflow);
        Assert.Equal("24", (await _rig.RunToEndAsync("run")).ReadOutput<string>());
        Assert.Equal(4, hook.Failed);
    }

    /// <summary>Fails every write of a run after its start, for so many times.</summary>
    private sealed class FailingHook(int failures) : IJournalHook
    {
        public int Failed { get; private set; }

        public ValueTask BeforeWriteAsync(string point) => point != JournalPoints.Started && Failed < failures
            ? throw new IOException($"The disk is full, for the {++Failed}. time.")
            : ValueTask.CompletedTask;

        public ValueTask AfterWriteAsync(string point) => ValueTask.CompletedTask;
    }
}
