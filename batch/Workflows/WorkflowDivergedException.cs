namespace ClickFuncs.Batch.Workflows;

/// <summary>Run again, a workflow did something else than its journal says. The run can't go on: its results would mix two programs.</summary>
public sealed class WorkflowDivergedException : Exception
{
    /// <summary>Says where.</summary>
    /// <param name="instanceId">The run.</param>
    /// <param name="step">The first step that differs.</param>
    /// <param name="expected">What the journal has there.</param>
    /// <param name="found">What the code did.</param>
    public WorkflowDivergedException(string instanceId, int step, string expected, string found)
        : base(FormattableString.Invariant($"Run '{instanceId}' does not repeat itself: at step {step} its journal has {expected}, the code has {found}. ")
            + "The workflow was changed while the run was under way, or decides by something that is not from its context. Start it again as a new execution.") =>
        (InstanceId, Step, Expected, Found) = (instanceId, step, expected, found);

    /// <summary>The run.</summary>
    public string InstanceId { get; }

    /// <summary>The first step that differs.</summary>
    public int Step { get; }

    /// <summary>What the journal has there.</summary>
    public string Expected { get; }

    /// <summary>What the code did.</summary>
    public string Found { get; }
}
