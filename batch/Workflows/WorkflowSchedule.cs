namespace ClickFuncs.Batch.Workflows;

/// <summary>
/// When a workflow is started by itself. The id of the run is made from the firing, so a firing is started once, whoever asks
/// how often; one that was missed is found and made up for by its missing id.
/// </summary>
public sealed class WorkflowSchedule
{
    private readonly Func<DateTimeOffset, string> _instanceId;
    private readonly Func<IWorkflowClient, DateTimeOffset, StartPolicy, CancellationToken, Task<StartResult>> _start;

    private WorkflowSchedule(
        string name, string cron, int catchUp, Func<DateTimeOffset, string> instanceId,
        Func<IWorkflowClient, DateTimeOffset, StartPolicy, CancellationToken, Task<StartResult>> start) =>
        (Name, Cron, CatchUp, _instanceId, _start) = (name, cron, catchUp, instanceId, start);

    /// <summary>Its name, unique among schedules.</summary>
    public string Name { get; }

    /// <summary>When it fires, in UTC: the five fields of crontab (minute, hour, day of month, month, day of week).</summary>
    public string Cron { get; }

    /// <summary>How many of the last firings are made up for if their runs are missing.</summary>
    public int CatchUp { get; }

    /// <summary>A schedule of a workflow.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cron">When it fires, in UTC, such as <c>15 2 * * *</c>.</param>
    /// <param name="workflow">What it starts.</param>
    /// <param name="instanceId">The id of the run of a firing; another for each firing.</param>
    /// <param name="input">The input of the run of a firing.</param>
    /// <param name="catchUp">How many of the last firings are made up for; 1 for the last one only.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="catchUp"/> is less than 1.</exception>
    public static WorkflowSchedule For<TIn, TOut>(
        string name, string cron, Workflow<TIn, TOut> workflow, Func<DateTimeOffset, string> instanceId, Func<DateTimeOffset, TIn> input,
        int catchUp = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(catchUp, 1);
        return new WorkflowSchedule(name, cron, catchUp, instanceId, (client, due, policy, cancellationToken) =>
            client.StartAsync(workflow, instanceId(due), input(due), policy, cancellationToken));
    }

    /// <summary>The id of the run of a firing.</summary>
    public string InstanceId(DateTimeOffset due) => _instanceId(due);

    /// <summary>Starts the run of a firing, unless there is one.</summary>
    public Task<StartResult> StartAsync(IWorkflowClient client, DateTimeOffset due, CancellationToken cancellationToken) =>
        _start(client, due, StartPolicy.OnlyOnce, cancellationToken);

    /// <summary>Starts the run as of a time because somebody asks for it, again if it has ended; while it is under way, that one is told.</summary>
    public Task<StartResult> StartNowAsync(IWorkflowClient client, DateTimeOffset now, CancellationToken cancellationToken) =>
        _start(client, now, StartPolicy.AgainWhenEnded, cancellationToken);
}
