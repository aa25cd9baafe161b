using ClickFuncs.Batch.Workflows;
using ClickFuncs.Batch.Workflows.Journal;

namespace ClickFuncs.Testing.Workflows;

/// <summary>What every <see cref="IWorkflowJournal"/> must do. A journal's test class inherits this and says how to open it.</summary>
public abstract class WorkflowJournalContract : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, 123, TimeSpan.Zero);
    private IWorkflowJournal? _journal;

    private static CancellationToken Never => CancellationToken.None;

    private IWorkflowJournal Journal => _journal ??= Open();

    /// <summary>Opens the journal over what is stored already; the one that was open before is closed.</summary>
    protected abstract IWorkflowJournal Open();

    public virtual void Dispose()
    {
        Reopen();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Begin_NewId_IsPendingAsTheFirstExecution()
    {
        var begun = await Journal.BeginAsync(Start("close-1"), Never);
        Assert.True(begun.IsNew);
        Assert.Equal((1, WorkflowState.Pending, "test", "{\"day\":1}"), (begun.Run.Status.Execution, begun.Run.Status.State, begun.Run.Status.Workflow, begun.Run.Status.Input));
        Assert.Equal(begun.Run, await FindAfterReopeningAsync("close-1"));
    }

    [Fact]
    public async Task Begin_WhileUnderWay_GivesTheFirst()
    {
        var first = await Journal.BeginAsync(Start("close-1"), Never);
        var second = await Journal.BeginAsync(Start("close-1") with { Input = "{\"day\":2}", At = Noon.AddHours(1) }, Never);
        Assert.False(second.IsNew);
        Assert.Equal(first.Run, second.Run);
    }

    [Theory]
    [InlineData(StartPolicy.AgainWhenEnded, true)]
    [InlineData(StartPolicy.OnlyOnce, false)]
    public async Task Begin_AfterAnEnd_GoesByThePolicy(StartPolicy policy, bool isNew)
    {
        await Journal.BeginAsync(Start("close-1"), Never);
        await AppendAsync("close-1", 1, Entry(JournalEntryKind.Completed) with { Body = "7" });
        var again = await Journal.BeginAsync(Start("close-1") with { Policy = policy }, Never);
        Assert.Equal(isNew, again.IsNew);
        Assert.Equal(isNew ? 2 : 1, again.Run.Status.Execution);
    }

    [Fact]
    public async Task Append_EveryKindOfEntry_IsReadBackTheSame()
    {
        await Journal.BeginAsync(Start("close-1"), Never);
        JournalEntry[] entries =
        [
            Entry(JournalEntryKind.ActivityScheduled) with { Step = 0, Name = "count", Body = "[1,\"å\"]" },
            Entry(JournalEntryKind.TimerScheduled) with { Step = 1, Due = Noon.AddDays(3) },
            Entry(JournalEntryKind.ChildScheduled) with { Step = 2, Name = "child", Target = "close-1:c", Body = "null" },
            Entry(JournalEntryKind.StatusSet) with { Body = "\"half\"" },
            Entry(JournalEntryKind.AttemptFailed) with { Step = 0, Attempt = 2, Due = Noon.AddSeconds(1), Body = Failure("no") },
            Entry(JournalEntryKind.StepCompleted) with { Step = 1 },
            Entry(JournalEntryKind.StepFailed) with { Step = 0, Body = Failure("never") },
        ];
        await AppendAsync("close-1", 1, entries);
        Reopen();
        var read = await Journal.ReadAsync(new ExecutionKey("close-1", 1), Never);
        Assert.Equal([new JournalEntry { Kind = JournalEntryKind.Started, At = Noon, Name = "test", Body = "{\"day\":1}" }, .. entries], read);
        var run = await Journal.FindAsync("close-1", Never);
        Assert.Equal((WorkflowState.Running, 2, "\"half\"", 8), (run!.Status.State, run.Status.StepsDone, run.Status.CustomStatus, run.NextSequence));
    }

    [Theory]
    [InlineData(JournalEntryKind.Completed, WorkflowState.Completed)]
    [InlineData(JournalEntryKind.Failed, WorkflowState.Failed)]
    [InlineData(JournalEntryKind.Cancelled, WorkflowState.Cancelled)]
    public async Task Append_AnEnd_IsToldByTheHead(JournalEntryKind kind, WorkflowState state)
    {
        await Journal.BeginAsync(Start("close-1"), Never);
        await AppendAsync("close-1", 1, Entry(kind) with { At = Noon.AddMinutes(5), Body = Failure("why") });
        var status = (await FindAfterReopeningAsync("close-1"))!.Status;
        Assert.Equal((state, Noon.AddMinutes(5)), (status.State, status.UpdatedAt));
        Assert.Equal(kind == JournalEntryKind.Completed ? null : new FailureDetails("T", "why"), status.Failure);
        Assert.Equal(kind == JournalEntryKind.Completed ? Failure("why") : null, status.Output);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Append_OutOfTurn_IsRefusedAndWritesNothing(long sequence)
    {
        await Journal.BeginAsync(Start("close-1"), Never);
        await Assert.ThrowsAsync<JournalConflictException>(() => AppendAsync("close-1", sequence, Entry(JournalEntryKind.StatusSet) with { Body = "1" }));
        Assert.Single(await Journal.ReadAsync(new ExecutionKey("close-1", 1), Never));
    }

    [Fact]
    public async Task FindChild_ByTheStepThatStartedIt_FindsThatExecutionOnly()
    {
        var parent = new ParentStep("close-1", 1, 4);
        var child = await Journal.BeginAsync(Start("child") with { Parent = parent }, Never);
        await AppendAsync("child", 1, Entry(JournalEntryKind.Completed) with { Body = "1" });
        await Journal.BeginAsync(Start("child"), Never);
        Reopen();
        Assert.Equal(child.Run.Key, (await Journal.FindChildAsync(parent, Never))!.Key);
        Assert.Null(await Journal.FindChildAsync(parent with { Step = 5 }, Never));
        Assert.Null(await Journal.FindChildAsync(parent with { Execution = 2 }, Never));
    }

    [Fact]
    public async Task ListUnfinished_SomeEnded_GivesTheOthersOldestFirst()
    {
        await Journal.BeginAsync(Start("b"), Never);
        await Journal.BeginAsync(Start("c") with { At = Noon.AddHours(-1) }, Never);
        await Journal.BeginAsync(Start("a"), Never);
        await AppendAsync("b", 1, Entry(JournalEntryKind.Completed) with { Body = "1" });
        Assert.Equal(["c", "a"], (await Journal.ListUnfinishedAsync(Never)).Select(run => run.Status.InstanceId));
    }

    [Fact]
    public async Task List_PageByPage_GivesTheNewestExecutionsOfThePrefixOnceEach()
    {
        string[] ids = ["close-2026-07-01", "close-2026-07-02", "close-2026-07-03", "Close-1", "rollup-1", "closer", "close-2026-07-04", "clos"];
        foreach (var id in ids)
            await Journal.BeginAsync(Start(id), Never);
        await AppendAsync("close-2026-07-02", 1, Entry(JournalEntryKind.Completed) with { Body = "1" });
        await Journal.BeginAsync(Start("close-2026-07-02"), Never);
        var found = new List<(string, int)>();
        string? continuation = null;
        do
        {
            var page = await Journal.ListAsync("close-", 2, continuation, Never);
            Assert.InRange(page.Runs.Count, 1, 2);
            found.AddRange(page.Runs.Select(run => (run.InstanceId, run.Execution)));
            continuation = page.Continuation;
        }
        while (continuation != null);
        Assert.Equal([("close-2026-07-04", 1), ("close-2026-07-03", 1), ("close-2026-07-02", 2), ("close-2026-07-01", 1)], found);
        Assert.Equal(ids.Length, (await Journal.ListAsync("", 100, null, Never)).Runs.Count);
    }

    [Fact]
    public async Task DeleteEnded_SomeOld_TakesThoseThatEndedBeforeAndNoOther()
    {
        foreach (var (id, hours) in new[] { ("old-1", 1), ("old-2", 2), ("new", 9) })
        {
            await Journal.BeginAsync(Start(id), Never);
            await AppendAsync(id, 1, Entry(JournalEntryKind.Completed) with { At = Noon.AddHours(hours), Body = "1" });
        }

        await Journal.BeginAsync(Start("under-way") with { At = Noon.AddDays(-9) }, Never);
        Assert.Equal(1, await Journal.DeleteEndedAsync(Noon.AddHours(9), 1, Never));
        Assert.Equal(1, await Journal.DeleteEndedAsync(Noon.AddHours(9), 100, Never));
        Assert.Equal(0, await Journal.DeleteEndedAsync(Noon.AddHours(9), 100, Never));
        Reopen();
        Assert.Equal(["under-way", "new"], (await Journal.ListAsync("", 9, null, Never)).Runs.Select(run => run.InstanceId));
        Assert.Empty(await Journal.ReadAsync(new ExecutionKey("old-1", 1), Never));
    }

    private static NewExecution Start(string id) => new(id, "test", "{\"day\":1}", Noon, StartPolicy.AgainWhenEnded, null);

    private static JournalEntry Entry(JournalEntryKind kind) => new() { Kind = kind, At = Noon.AddSeconds(1) };

    private static string Failure(string message) => WorkflowJson.Write(new FailureDetails("T", message), "A failure");

    private Task AppendAsync(string id, long sequence, params JournalEntry[] entries) =>
        Journal.AppendAsync(new ExecutionKey(id, 1), sequence, entries, Never).AsTask();

    private async Task<WorkflowRun?> FindAfterReopeningAsync(string id)
    {
        Reopen();
        return await Journal.FindAsync(id, Never);
    }

    private void Reopen()
    {
        (_journal as IDisposable)?.Dispose();
        _journal = null;
    }
}
