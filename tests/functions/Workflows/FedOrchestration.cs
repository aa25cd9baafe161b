using ClickFuncs.Batch.Workflows;
using ClickFuncs.Functions.Workflows;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Functions.Tests.Workflows;

/// <summary>
/// The vendor's orchestration context as a test feeds it: it notes every call in order, and each ends when the test says so. All on one
/// thread, as in an orchestration.
/// </summary>
internal sealed class FedOrchestration(WorkflowStart start, string instanceId) : TaskOrchestrationContext
{
    private readonly Dictionary<int, Action<object>> _answers = [];
    private int _steps;
    private int? _resting;
    private int _guids;

    /// <summary>Calls since this was last emptied, as <c>kind name/target step body</c>.</summary>
    public List<Asked> Calls { get; } = [];

    /// <summary>Steps whose last try failed and whose rest is not over, with how long it is.</summary>
    public Dictionary<int, DateTime> Rests { get; } = [];

    public DateTime Clock { get; set; }

    public override TaskName Name => WorkflowFunctions.WorkflowName;

    public override string InstanceId => instanceId;

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => Clock;

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => throw new NotSupportedException();

    /// <summary>A step's answer, as the vendor's host would bring it.</summary>
    public void Answer(int step, object answer)
    {
        if (Rests.Remove(step))
            Take(Rest(step))(new object());
        Take(step)(answer);
    }

    /// <summary>A step's try failed and is to be repeated: the timer that is asked for next is its rest.</summary>
    public void FailTry(int step, FailureDetails failure)
    {
        if (Rests.Remove(step))
            Take(Rest(step))(new object());
        var answer = Take(step);
        _resting = step;
        answer(new ActivityAnswer(null, failure, IsFinal: false));
        Assert.Null(_resting);
    }

    public override T GetInput<T>() => (T)(object)start;

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        Assert.Equal(WorkflowFunctions.ActivityName, name.Name);
        // Tries are the adapter's: a policy of the vendor's on top would multiply them.
        Assert.Null(options?.Retry);
        var call = Assert.IsType<ActivityCall>(input);
        Assert.Equal((instanceId, start.Execution), (call.InstanceId, call.Execution));
        if (call.Attempt == 1)
        {
            Assert.Equal(_steps++, call.Step);
            Calls.Add(new Asked("activity", call.Activity, null, call.Step, call.Input));
        }

        Attempts[call.Step] = call.Attempt;
        return Wait<TResult>(call.Step);
    }

    /// <summary>Which try of each activity was asked for last.</summary>
    public Dictionary<int, int> Attempts { get; } = [];

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        if (_resting is { } step)
        {
            _resting = null;
            Rests[step] = fireAt;
            return Wait<object>(Rest(step));
        }

        Calls.Add(new Asked("timer", null, null, _steps, fireAt.ToString("O")));
        return Wait<object>(_steps++);
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        Assert.Equal(WorkflowFunctions.WorkflowName, orchestratorName.Name);
        var child = Assert.IsType<WorkflowStart>(input);
        Calls.Add(new Asked("child", child.Workflow, Assert.IsType<SubOrchestrationOptions>(options).InstanceId, _steps, child.Input));
        return Wait<TResult>(_steps++);
    }

    public override void SetCustomStatus(object? customStatus) => Calls.Add(new Asked("status", null, null, -1, customStatus!.ToString()!));

    public override Guid NewGuid() => new(_guids++, 0, 0, new byte[8]);

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => throw new NotSupportedException();

    // The rest of a step waits beside the step itself.
    private static int Rest(int step) => -1 - step;

    private Task<T> Wait<T>(int step)
    {
        var waiting = new TaskCompletionSource<T>();
        _answers.Add(step, answer =>
        {
            if (answer is Exception failure)
                waiting.SetException(failure);
            else
                waiting.SetResult((T)answer);
        });
        return waiting.Task;
    }

    private Action<object> Take(int step) => _answers.Remove(step, out var answer)
        ? answer
        : throw new InvalidOperationException($"Nobody waits for step {step}.");

    /// <summary>One call that a workflow made.</summary>
    internal sealed record Asked(string Kind, string? Name, string? Target, int Step, string Body);
}
