using System.Collections.Concurrent;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Batch.Workflows.Journal;

namespace ClickFuncs.Testing.Workflows;

/// <summary>
/// What a runner does over any journal. A journal's test class inherits this and says how to open it again and again over what
/// is stored.
/// </summary>
public abstract partial class WorkflowRunnerContract : IAsyncLifetime
{
    private static readonly Activity<int, int> Twice = new("twice");
    private static readonly Activity<string, string> Gated = new("gated");
    private static readonly Activity<int, int> Failing = new("failing", new RetryPolicy { Attempts = 3, FirstDelay = TimeSpan.FromSeconds(10), Backoff = 3 });

    private readonly ConcurrentQueue<ActivityContext> _calls = new();
    private readonly TaskCompletionSource<string> _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WorkflowRig _rig;
    private Func<ActivityContext, int> _failing = _ => throw new InvalidDataException("no luck");

    protected WorkflowRunnerContract() => _rig = WorkflowRig.Over(Catalog(), OpenJournal);

    private static CancellationToken Never => CancellationToken.None;

    /// <summary>Opens the journal over what is stored already; the one before has been disposed, if it can be.</summary>
    protected abstract IWorkflowJournal OpenJournal();

    public async Task InitializeAsync() => await _rig.StartAsync();

    public virtual async Task DisposeAsync() => await _rig.DisposeAsync();

    /// <summary>The activities of these tests, and the workflows of one of them.</summary>
    private WorkflowCatalog Catalog(params Workflow<int, string>[] workflows)
    {
        var catalog = new WorkflowCatalog()
            .Bind(Twice, (number, context) => Noted(context, () => number * 2))
            .Bind(Failing, (_, context) => Noted(context, () => _failing(context)))
            .Bind(Gated, (text, context) =>
            {
                _calls.Enqueue(context);
                return Task.Run(async () => text + await _gate.Task.WaitAsync(context.CancellationToken));
            });
        foreach (var workflow in workflows)
            catalog.Add(workflow);
        return catalog;
    }

    private Task<T> Noted<T>(ActivityContext context, Func<T> work)
    {
        _calls.Enqueue(context);
        return Task.FromResult(work());
    }

    private async Task<Workflow<int, string>> UseAsync(Func<IWorkflowContext, int, Task<string>> code, string name = "test")
    {
        var workflow = new Script<int, string>(name, code);
        await UseAsync(workflow);
        return workflow;
    }

    private async Task UseAsync(params Workflow<int, string>[] workflows)
    {
        _rig.Catalog = Catalog(workflows);
        await _rig.StartAsync();
    }

    private Task<StartResult> StartAsync(Workflow<int, string> workflow, string id = "run", int input = 0, StartPolicy policy = StartPolicy.AgainWhenEnded) =>
        _rig.Runner.StartAsync(workflow, id, input, policy, Never);

    private async Task<WorkflowStatus> RunAsync(Func<IWorkflowContext, int, Task<string>> code, int input = 0)
    {
        await StartAsync(await UseAsync(code), input: input);
        return await _rig.RunToEndAsync("run");
    }

    /// <summary>Waits until activities were called so many times, without letting time pass.</summary>
    private async Task CalledAsync(int times)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (_calls.Count < times)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
