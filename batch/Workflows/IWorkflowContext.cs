namespace ClickFuncs.Batch.Workflows;

/// <summary>
/// All a workflow may know and do. Every answer comes from the journal when the workflow is run again, so that it takes the
/// same way. Fan out by starting several calls before awaiting them, fan in with <see cref="Task.WhenAll(Task[])"/>, or use
/// <see cref="FanOut"/>. Only to be used by the workflow's own code, on the thread that runs it.
/// </summary>
public interface IWorkflowContext
{
    /// <summary>Id of the run.</summary>
    string InstanceId { get; }

    /// <summary>Time of the last event the workflow saw: its start or the end of the step it awaited last. Never goes back.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Whether the code is catching up with its journal; look at it only to keep from logging twice.</summary>
    bool IsReplaying { get; }

    /// <summary>A new id, the same whenever the workflow is run again.</summary>
    Guid NewGuid();

    /// <summary>Runs an activity, tries again by its policy, and gives its answer.</summary>
    /// <exception cref="ActivityFailedException">It failed for good.</exception>
    /// <exception cref="PayloadTooLargeException">The input is too large for a journal.</exception>
    Task<TOut> CallAsync<TIn, TOut>(Activity<TIn, TOut> activity, TIn input);

    /// <summary>Waits until a time, however often the process is restarted meanwhile.</summary>
    Task DelayUntilAsync(DateTimeOffset due);

    /// <summary>Runs another workflow as a run of its own and gives its answer.</summary>
    /// <param name="child">Which workflow.</param>
    /// <param name="instanceId">Id of the run; make it from this run's id or input.</param>
    /// <param name="input">What it is started with.</param>
    /// <exception cref="WorkflowFailedException">It failed or was cancelled, or a run of that id that somebody else started is under way.</exception>
    Task<TOut> CallWorkflowAsync<TIn, TOut>(Workflow<TIn, TOut> child, string instanceId, TIn input);

    /// <summary>Sets what people see as progress; at most 16 KB as JSON.</summary>
    void SetStatus<T>(T status);
}
