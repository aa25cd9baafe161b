namespace ClickFuncs.Batch.Workflows.Journal;

/// <summary>The head of an execution: what its journal sums up to. Stored with each write, so that asking does not read journals.</summary>
/// <param name="Status">What can be told of it.</param>
/// <param name="Parent">Which step started it; null if a person or schedule did.</param>
/// <param name="NextSequence">Number the next entry gets, from 0.</param>
public sealed record WorkflowRun(WorkflowStatus Status, ParentStep? Parent, long NextSequence)
{
    /// <summary>Names it.</summary>
    public ExecutionKey Key => new(Status.InstanceId, Status.Execution);
}
