namespace ClickFuncs.Batch.Workflows.Running;

/// <summary>A run could not be looked after, for no fault of its own; it is resumed from its journal.</summary>
internal sealed class WorkflowRunException(string instanceId, Exception inner)
    : Exception($"Run '{instanceId}' can't go on: {inner.Message}", inner);
