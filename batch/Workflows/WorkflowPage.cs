namespace ClickFuncs.Batch.Workflows;

/// <summary>Some of the runs.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Continuation">To be given for the next page; null after the last.</param>
public sealed record WorkflowPage(IReadOnlyList<WorkflowStatus> Runs, string? Continuation);
