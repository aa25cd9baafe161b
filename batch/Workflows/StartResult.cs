namespace ClickFuncs.Batch.Workflows;

/// <summary>What a start came to.</summary>
/// <param name="Outcome">Whether a run was begun.</param>
/// <param name="Status">The run that was begun, or the one that was there.</param>
public sealed record StartResult(StartOutcome Outcome, WorkflowStatus Status);

/// <summary>Whether a start began a run.</summary>
public enum StartOutcome
{
    /// <summary>A new execution began.</summary>
    Started,

    /// <summary>One is under way; it was left alone.</summary>
    AlreadyRunning,

    /// <summary>One has ended, and <see cref="StartPolicy.OnlyOnce"/> forbids another.</summary>
    AlreadyEnded,
}
