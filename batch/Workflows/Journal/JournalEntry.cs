namespace ClickFuncs.Batch.Workflows.Journal;

/// <summary>
/// One line of an execution's journal. Inputs are what the workflow's code is fed with, in this order; decisions are what it
/// then did and must do again; the rest is for the runner alone.
/// </summary>
public sealed record JournalEntry
{
    /// <summary>What it says.</summary>
    public required JournalEntryKind Kind { get; init; }

    /// <summary>When, in whole milliseconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Which step it is about, from 0; -1 for the execution as a whole.</summary>
    public int Step { get; init; } = -1;

    /// <summary>Name of the workflow or activity.</summary>
    public string? Name { get; init; }

    /// <summary>Id of the run of a called workflow.</summary>
    public string? Target { get; init; }

    /// <summary>When a timer or the next try is due, in whole milliseconds.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Which try failed, from 1; 0 for entries that are about none.</summary>
    public int Attempt { get; init; }

    /// <summary>Input, output, status, reason or <see cref="FailureDetails"/>, as JSON.</summary>
    public string? Body { get; init; }

    /// <summary>Whether the workflow's code sees it.</summary>
    public bool IsInput => Kind is JournalEntryKind.Started or JournalEntryKind.StepCompleted or JournalEntryKind.StepFailed;

    /// <summary>Whether it is what the workflow's code did.</summary>
    public bool IsDecision => Kind is JournalEntryKind.ActivityScheduled or JournalEntryKind.TimerScheduled or JournalEntryKind.ChildScheduled
        or JournalEntryKind.StatusSet or JournalEntryKind.Completed or JournalEntryKind.Failed;

    /// <summary>Whether nothing comes after it.</summary>
    public bool IsEnd => Kind is JournalEntryKind.Completed or JournalEntryKind.Failed or JournalEntryKind.Cancelled;
}
