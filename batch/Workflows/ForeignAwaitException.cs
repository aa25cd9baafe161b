namespace ClickFuncs.Batch.Workflows;

/// <summary>A workflow awaited something that is not from its context, so that nobody could say what it would do next time.</summary>
public sealed class ForeignAwaitException(string instanceId) : Exception(
    $"Run '{instanceId}' awaits a task that is not from its context, or used the context on another thread (Task.Run, Task.Delay, "
    + "ConfigureAwait(false) or a call outside). Move that into an activity and start the run again.");
