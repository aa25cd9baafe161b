using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Api.Tests.Finance;

/// <summary>A client of workflows that runs nothing: what is started stays where the test puts it.</summary>
internal sealed class FakeCloses(TimeProvider time) : IWorkflowClient
{
    private readonly SortedDictionary<string, WorkflowStatus> _runs = new(StringComparer.Ordinal);

    /// <summary>What was started, with its input.</summary>
    public List<(string InstanceId, CloseRequest Input)> Started { get; } = [];

    /// <summary>Puts a run of a day where it is wanted.</summary>
    public void Put(DateOnly date, WorkflowState state, CloseProgress? progress = null, CloseOutcome? outcome = null, string? failure = null) =>
        _runs[DayCloseWorkflow.IdOf(date)] = New(DayCloseWorkflow.IdOf(date), 1) with
        {
            State = state,
            CustomStatus = progress is null ? null : WorkflowJson.Write(progress, "The progress"),
            Output = outcome is null ? null : WorkflowJson.Write(outcome, "The outcome"),
            Failure = failure is null ? null : new FailureDetails("", failure),
        };

    public Task<StartResult> StartAsync<TIn, TOut>(
        Workflow<TIn, TOut> workflow, string instanceId, TIn input, StartPolicy policy, CancellationToken cancellationToken)
    {
        if (_runs.TryGetValue(instanceId, out var there) && !there.HasEnded)
            return Task.FromResult(new StartResult(StartOutcome.AlreadyRunning, there));
        Assert.Equal(("day_close", StartPolicy.AgainWhenEnded), (workflow.Name, policy));
        Started.Add((instanceId, Assert.IsType<CloseRequest>(input)));
        _runs[instanceId] = New(instanceId, (there?.Execution ?? 0) + 1);
        return Task.FromResult(new StartResult(StartOutcome.Started, _runs[instanceId]));
    }

    public Task<WorkflowStatus?> GetAsync(string instanceId, CancellationToken cancellationToken) =>
        Task.FromResult(_runs.GetValueOrDefault(instanceId));

    public Task<WorkflowPage> ListAsync(string prefix, int limit, string? continuation, CancellationToken cancellationToken)
    {
        var found = _runs.Values.Reverse()
            .Where(run => run.InstanceId.StartsWith(prefix, StringComparison.Ordinal) && (continuation is null || string.CompareOrdinal(run.InstanceId, continuation) < 0)).ToList();
        return Task.FromResult(new WorkflowPage([.. found.Take(limit)], found.Count > limit ? found[limit - 1].InstanceId : null));
    }

    public Task<bool> CancelAsync(string instanceId, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<WorkflowStatus> WaitAsync(string instanceId, CancellationToken cancellationToken) => throw new NotSupportedException();

    private WorkflowStatus New(string instanceId, int execution) => new()
    {
        InstanceId = instanceId,
        Execution = execution,
        Workflow = "day_close",
        CreatedAt = time.GetUtcNow(),
        UpdatedAt = time.GetUtcNow(),
        Input = "{}",
    };
}
