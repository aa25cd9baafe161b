namespace ClickFuncs.Batch.Workflows.Journal;

/// <summary>What a journal sums up to. Pure: every journal stores what this says.</summary>
public static class RunProjection
{
    /// <summary>The head of an execution that begins.</summary>
    /// <param name="start">What begins.</param>
    /// <param name="newest">The newest execution of that id; null if there was none.</param>
    public static WorkflowRun Begin(NewExecution start, WorkflowRun? newest) => new(
        new WorkflowStatus
        {
            InstanceId = start.InstanceId,
            Execution = (newest?.Status.Execution ?? 0) + 1,
            Workflow = start.Workflow,
            CreatedAt = start.At,
            UpdatedAt = start.At,
            Input = start.Input,
        },
        start.Parent,
        NextSequence: 1);

    /// <summary>The first entry of its journal.</summary>
    public static JournalEntry FirstEntry(NewExecution start) =>
        new() { Kind = JournalEntryKind.Started, At = start.At, Name = start.Workflow, Body = start.Input };

    /// <summary>Whether an execution may begin over the newest of its id.</summary>
    public static bool MayBegin(NewExecution start, WorkflowRun? newest) =>
        newest == null || (newest.Status.HasEnded && start.Policy == StartPolicy.AgainWhenEnded);

    /// <summary>The head after a further entry.</summary>
    public static WorkflowRun Apply(WorkflowRun run, JournalEntry entry)
    {
        var status = run.Status with { UpdatedAt = entry.At, State = WorkflowState.Running };
        return run with
        {
            NextSequence = run.NextSequence + 1,
            Status = entry.Kind switch
            {
                JournalEntryKind.StepCompleted or JournalEntryKind.StepFailed => status with { StepsDone = status.StepsDone + 1 },
                JournalEntryKind.StatusSet => status with { CustomStatus = entry.Body },
                JournalEntryKind.Completed => status with { State = WorkflowState.Completed, Output = entry.Body },
                JournalEntryKind.Failed => status with { State = WorkflowState.Failed, Failure = ReadFailure(entry) },
                JournalEntryKind.Cancelled => status with { State = WorkflowState.Cancelled, Failure = ReadFailure(entry) },
                _ => status,
            },
        };
    }

    /// <summary>The failure an entry tells of.</summary>
    public static FailureDetails ReadFailure(JournalEntry entry) => WorkflowJson.Read<FailureDetails>(entry.Body!, "a failure");
}
