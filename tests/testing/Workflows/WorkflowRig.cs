using System.Diagnostics;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Batch.Workflows.Journal;
using ClickFuncs.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Testing.Workflows;

/// <summary>A runner that can be stopped and started again over the same journal, on a clock that the test moves.</summary>
public sealed class WorkflowRig(WorkflowCatalog catalog, Func<IWorkflowJournal> open) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private WorkflowRunner? _runner;
    private IWorkflowJournal? _journal;

    public ManualClock Clock { get; } = new();

    public WorkflowOptions Options { get; init; } = new();

    /// <summary>Wrapped around the journal at the next start; null for none.</summary>
    public IJournalHook? Hook { get; set; }

    public WorkflowCatalog Catalog { get; set; } = catalog;

    public WorkflowRunner Runner => _runner ?? throw new InvalidOperationException("Start it first.");

    public IWorkflowJournal Journal => _journal ?? throw new InvalidOperationException("Start it first.");

    /// <summary>A rig that has not started yet.</summary>
    public static WorkflowRig Over(WorkflowCatalog catalog, Func<IWorkflowJournal> open) => new(catalog, open);

    /// <summary>Stops what runs, and starts anew from the journal.</summary>
    public async Task<WorkflowRunner> StartAsync()
    {
        await StopAsync();
        _journal = open();
        _runner = new WorkflowRunner(
            Catalog, Hook == null ? _journal : new HookedJournal(_journal, Hook), Options, Clock, NullLogger<WorkflowRunner>.Instance);
        await _runner.ResumeAsync(CancellationToken.None);
        return _runner;
    }

    public async Task StopAsync()
    {
        if (_runner != null)
            await _runner.DisposeAsync();
        (_journal as IDisposable)?.Dispose();
        (_runner, _journal) = (null, null);
    }

    /// <summary>Lets time pass until a task is done: a second at a time, as fast as others get on.</summary>
    public async Task<T> PassTimeAsync<T>(Task<T> until)
    {
        var watch = Stopwatch.StartNew();
        while (!until.IsCompleted)
        {
            Assert.True(watch.Elapsed < Patience, "It does not get on, however much time passes.");
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await until;
    }

    /// <summary>Lets time pass until a run has ended.</summary>
    public Task<WorkflowStatus> RunToEndAsync(string instanceId) => PassTimeAsync(Runner.WaitAsync(instanceId, CancellationToken.None));

    /// <summary>The journal of the newest execution.</summary>
    public async Task<IReadOnlyList<JournalEntry>> ReadJournalAsync(string instanceId)
    {
        var run = await Journal.FindAsync(instanceId, CancellationToken.None);
        return await Journal.ReadAsync(run!.Key, CancellationToken.None);
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
