namespace ClickFuncs.Batch.Workflows.Journal;

/// <summary>The writes to a journal by name.</summary>
public static class JournalPoints
{
    /// <summary>An execution begins.</summary>
    public const string Started = "journal:started";

    /// <summary>What the workflow decided: steps it scheduled, the status it set.</summary>
    public const string Scheduled = "journal:scheduled";

    /// <summary>The answer of a step.</summary>
    public const string Completed = "journal:completed";

    /// <summary>A step failed for good.</summary>
    public const string Failed = "journal:failed";

    /// <summary>A try failed, another follows.</summary>
    public const string AttemptFailed = "journal:attempt-failed";

    /// <summary>Somebody cancels the run.</summary>
    public const string CancelRequested = "journal:cancel-requested";

    /// <summary>The execution ends in any way.</summary>
    public const string Ended = "journal:ended";

    /// <summary>The name of a write of entries.</summary>
    public static string Of(IReadOnlyList<JournalEntry> entries) => entries[^1] switch
    {
        { IsEnd: true } => Ended,
        { Kind: JournalEntryKind.StepCompleted } => Completed,
        { Kind: JournalEntryKind.StepFailed } => Failed,
        { Kind: JournalEntryKind.AttemptFailed } => AttemptFailed,
        { Kind: JournalEntryKind.CancelRequested } => CancelRequested,
        _ => Scheduled,
    };
}
