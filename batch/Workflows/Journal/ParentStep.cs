namespace ClickFuncs.Batch.Workflows.Journal;

/// <summary>The step of another workflow that started a run: by it the caller finds the run again after a crash.</summary>
/// <param name="InstanceId">Id of the caller's run.</param>
/// <param name="Execution">Which execution of it.</param>
/// <param name="Step">Which step of that.</param>
public readonly record struct ParentStep(string InstanceId, int Execution, int Step);
