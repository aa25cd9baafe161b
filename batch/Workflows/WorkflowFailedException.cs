namespace ClickFuncs.Batch.Workflows;

/// <summary>A workflow that was called by another did not complete. The caller may catch it and take another way.</summary>
public sealed class WorkflowFailedException : Exception
{
    /// <summary>Says which and why.</summary>
    public WorkflowFailedException(string workflow, string instanceId, FailureDetails failure)
        : base($"Workflow '{workflow}' did not complete as '{instanceId}': {failure.Message}") =>
        (Workflow, InstanceId, Failure) = (workflow, instanceId, failure);

    /// <summary>Name of the workflow.</summary>
    public string Workflow { get; }

    /// <summary>Id of its run.</summary>
    public string InstanceId { get; }

    /// <summary>What it failed with.</summary>
    public FailureDetails Failure { get; }
}
