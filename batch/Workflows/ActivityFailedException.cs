namespace ClickFuncs.Batch.Workflows;

/// <summary>An activity failed for good. A workflow may catch it and take another way.</summary>
public sealed class ActivityFailedException : Exception
{
    /// <summary>Says which and why.</summary>
    public ActivityFailedException(string activity, int step, FailureDetails failure)
        : base(FormattableString.Invariant($"Activity '{activity}' (step {step}) failed for good: {failure.Message}")) =>
        (Activity, Step, Failure) = (activity, step, failure);

    /// <summary>Name of the activity.</summary>
    public string Activity { get; }

    /// <summary>Which step of the run it was.</summary>
    public int Step { get; }

    /// <summary>What its last try failed with.</summary>
    public FailureDetails Failure { get; }
}
