using ClickFuncs.Batch.Workflows.Journal;

namespace ClickFuncs.Batch.Workflows.Replay;

/// <summary>The context of one execution: numbers the steps in the order the code asks for them, and notes what it asks for.</summary>
internal sealed class ReplayContext(WorkflowCatalog catalog, WorkflowRun run, TurnSynchronization turns) : IWorkflowContext
{
    /// <summary>A journal is read whole at every start, so a run of more steps is to be split into children.</summary>
    public const int MaxSteps = 10_000;

    private readonly Dictionary<int, PendingStep> _pending = [];
    private List<JournalEntry> _decisions = [];
    private int _steps;
    private int _guids;

    public string InstanceId => run.Status.InstanceId;

    public DateTimeOffset Now { get; private set; } = run.Status.CreatedAt;

    public bool IsReplaying { get; set; } = true;

    /// <summary>Steps the workflow has scheduled and not got an answer for, by number.</summary>
    public IReadOnlyDictionary<int, PendingStep> Pending => _pending;

    /// <summary>Sets the clock for the turn that follows.</summary>
    public void BeginTurn(DateTimeOffset at) => Now = at > Now ? at : Now;

    /// <summary>Hands a step's answer or failure to the workflow.</summary>
    /// <exception cref="WorkflowDivergedException">The workflow has not scheduled that step.</exception>
    public void End(JournalEntry entry)
    {
        if (!_pending.Remove(entry.Step, out var step))
            throw new WorkflowDivergedException(InstanceId, entry.Step, "an answer", "no such step under way");
        if (entry.Kind == JournalEntryKind.StepCompleted)
            step.Complete(entry.Body);
        else
            step.Fail(RunProjection.ReadFailure(entry));
    }

    /// <summary>What the workflow decided since this was last asked.</summary>
    public List<JournalEntry> TakeDecisions()
    {
        var taken = _decisions;
        _decisions = [];
        return taken;
    }

    public Guid NewGuid()
    {
        turns.RequireTurn(InstanceId);
        return DeterministicGuid.Of(run.Key, run.Status.CreatedAt, _guids++);
    }

    public Task<TOut> CallAsync<TIn, TOut>(Activity<TIn, TOut> activity, TIn input)
    {
        turns.RequireTurn(InstanceId);
        if (!catalog.HasActivity(activity.Name))
            throw new InvalidOperationException($"Activity '{activity.Name}' is not bound in the catalog; bind it where the host is composed.");
        var entry = new JournalEntry
        {
            Kind = JournalEntryKind.ActivityScheduled,
            At = Now,
            Name = activity.Name,
            Body = WorkflowJson.Write(input, $"The input of activity '{activity.Name}'"),
        };
        return Schedule<TOut>(entry, activity.Retry);
    }

    public Task DelayUntilAsync(DateTimeOffset due)
    {
        turns.RequireTurn(InstanceId);
        // Up to the next whole millisecond, which is what a journal keeps: never early.
        var whole = DateTimeOffset.FromUnixTimeMilliseconds((due.UtcTicks - DateTimeOffset.UnixEpoch.Ticks + 9999) / TimeSpan.TicksPerMillisecond);
        return Schedule<Unit>(new JournalEntry { Kind = JournalEntryKind.TimerScheduled, At = Now, Due = whole }, RetryPolicy.None);
    }

    public Task<TOut> CallWorkflowAsync<TIn, TOut>(Workflow<TIn, TOut> child, string instanceId, TIn input)
    {
        turns.RequireTurn(InstanceId);
        InstanceIds.Check(instanceId);
        if (!catalog.HasWorkflow(child.Name))
            throw new InvalidOperationException($"There is no workflow '{child.Name}' in the catalog; add it where the host is composed.");
        var entry = new JournalEntry
        {
            Kind = JournalEntryKind.ChildScheduled,
            At = Now,
            Name = child.Name,
            Target = instanceId,
            Body = WorkflowJson.Write(input, $"The input of workflow '{child.Name}'"),
        };
        return Schedule<TOut>(entry, RetryPolicy.None);
    }

    public void SetStatus<T>(T status)
    {
        turns.RequireTurn(InstanceId);
        var body = WorkflowJson.Write(status, $"The status of run '{InstanceId}'", WorkflowJson.MaxStatusBytes);
        _decisions.Add(new JournalEntry { Kind = JournalEntryKind.StatusSet, At = Now, Body = body });
    }

    private Task<TOut> Schedule<TOut>(JournalEntry entry, RetryPolicy retry)
    {
        if (_steps == MaxSteps)
            throw new InvalidOperationException($"Run '{InstanceId}' has {MaxSteps} steps; split the workflow into children.");
        var step = new PendingStep<TOut>(entry with { Step = _steps++ }, retry);
        _pending.Add(step.Scheduled.Step, step);
        _decisions.Add(step.Scheduled);
        return step.Answer;
    }
}
