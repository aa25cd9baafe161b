namespace ClickFuncs.Batch.Workflows.Journal;

/// <summary>Whether an execution began.</summary>
/// <param name="IsNew">Whether it did.</param>
/// <param name="Run">It, or the newest of its id, which stood in the way.</param>
public sealed record Begun(bool IsNew, WorkflowRun Run);
