namespace ClickFuncs.Batch.Workflows.Journal;

/// <summary>Names an execution.</summary>
/// <param name="InstanceId">Id of the run.</param>
/// <param name="Execution">Which execution of it, from 1.</param>
public readonly record struct ExecutionKey(string InstanceId, int Execution);
