namespace ClickFuncs.Batch.Workflows;

/// <summary>Where a run stands. The numbers are stored.</summary>
public enum WorkflowState
{
    /// <summary>Begun, but its code has not run yet.</summary>
    Pending = 0,

    /// <summary>Under way, also while nobody runs it.</summary>
    Running = 1,

    /// <summary>Ended with an output.</summary>
    Completed = 2,

    /// <summary>Ended with a failure.</summary>
    Failed = 3,

    /// <summary>Ended by somebody.</summary>
    Cancelled = 4,
}
