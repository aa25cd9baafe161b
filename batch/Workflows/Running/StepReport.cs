namespace ClickFuncs.Batch.Workflows.Running;

/// <summary>What the loop of an execution is told from outside.</summary>
internal abstract record StepReport
{
    /// <summary>A step has its answer.</summary>
    public sealed record Succeeded(int Step, string? Output) : StepReport;

    /// <summary>A try of a step failed.</summary>
    public sealed record Failed(int Step, int Attempt, FailureDetails Failure, bool IsFinal) : StepReport;

    /// <summary>A step was put aside because the runner stops; it is made again at the next start.</summary>
    public sealed record PutAside(int Step) : StepReport;

    /// <summary>A step could not be looked after, for no fault of its own: the journal failed.</summary>
    public sealed record Broken(int Step, Exception Failure) : StepReport;

    /// <summary>Somebody cancels the run; told true once that is durable.</summary>
    public sealed record CancelAsked(string Reason, TaskCompletionSource<bool> Recorded) : StepReport;

    /// <summary>The workflow's code awaited something that is not from its context.</summary>
    public sealed record Strayed : StepReport;
}
