namespace ClickFuncs.Batch.Workflows;

/// <summary>
/// Starts, follows and cancels runs. The id of a run is its lock: while one is under way no other of that id begins. Once it
/// has ended, the id can be run again, as its next execution.
/// </summary>
public interface IWorkflowClient
{
    /// <summary>Starts a run, or says which one is there. The start is durable on return.</summary>
    /// <param name="workflow">What to run.</param>
    /// <param name="instanceId">Id of the run, see <see cref="InstanceIds"/>.</param>
    /// <param name="input">What it is started with.</param>
    /// <param name="policy">Whether a run that has ended may be run again.</param>
    /// <param name="cancellationToken">Stops asking; a run that has begun goes on.</param>
    /// <exception cref="ArgumentException">The id can't be one, or the workflow is not in the catalog.</exception>
    Task<StartResult> StartAsync<TIn, TOut>(
        Workflow<TIn, TOut> workflow, string instanceId, TIn input, StartPolicy policy, CancellationToken cancellationToken);

    /// <summary>Where the newest execution of an id stands; null if there is none.</summary>
    Task<WorkflowStatus?> GetAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>The newest executions of ids with a prefix, in descending order: ids end in a date, so the newest come first.</summary>
    /// <param name="prefix">How the ids begin; empty for all.</param>
    /// <param name="limit">How many at most, from 1.</param>
    /// <param name="continuation">What the page before gave; null for the first.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    Task<WorkflowPage> ListAsync(string prefix, int limit, string? continuation, CancellationToken cancellationToken);

    /// <summary>
    /// Cancels a run for good: its activities are told to stop, its children are cancelled too, then it is ended. That it will be
    /// is durable on return.
    /// </summary>
    /// <param name="instanceId">Which run.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False if there is no such run or it has ended.</returns>
    Task<bool> CancelAsync(string instanceId, string reason, CancellationToken cancellationToken);

    /// <summary>Waits until the run under way has ended, and gives how.</summary>
    /// <exception cref="KeyNotFoundException">There is no such run.</exception>
    /// <exception cref="InvalidOperationException">Nobody runs it, or the runner was stopped before its end.</exception>
    Task<WorkflowStatus> WaitAsync(string instanceId, CancellationToken cancellationToken);
}
