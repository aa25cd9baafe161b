using ClickFuncs.Api.Operations;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Budgets;
using ClickFuncs.Functions.Counting;
using ClickFuncs.Functions.Cosmos;
using ClickFuncs.Functions.Operations;
using ClickFuncs.Functions.Spool;
using ClickFuncs.Functions.Tests.Documents;
using ClickFuncs.Log;
using ClickFuncs.Spool;
using ClickFuncs.State;
using ClickFuncs.Testing.Lake;
using ClickFuncs.Testing.Spool;
using ClickFuncs.Testing.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Functions.Tests.Operations;

/// <summary>A watch over two partitions whose numbers a test sets, and an instance that is asked what it has shown.</summary>
internal sealed class WatchRig
{
    private readonly InMemoryDocuments _shown = new();
    private readonly InMemoryDocuments _budgets = new();
    private readonly Reached _reached;

    public WatchRig() => _reached = new Reached(this);

    public ManualClock Clock { get; } = new();

    public InMemoryLake Spools { get; } = new();

    /// <summary>Number that the next record of each partition gets.</summary>
    public long[] Next { get; } = [0, 0];

    /// <summary>The heads; a partition that is not here was never acquired.</summary>
    public Dictionary<int, PartitionHead> Heads { get; } = [];

    public bool IsHubAway { get; set; }

    public bool IsStateAway { get; set; }

    public WorkflowStatus? Run { get; set; }

    public InMemoryDocuments Shown => _shown;

    /// <summary>Lines of the log, of all looks.</summary>
    public List<string> Said { get; } = [];

    /// <summary>Counts all that is there.</summary>
    public void CatchUp(PartitionCounters counters = default)
    {
        for (var partition = 0; partition < Next.Length; partition++)
        {
            Heads[partition] = new PartitionHead
            {
                Partition = partition, Position = Next[partition] - 1, PublishedPosition = Next[partition] - 1, WatermarkMs = Clock.GetUtcNow().ToUnixTimeMilliseconds() - 30_000,
                Counters = partition == 0 ? counters : default,
            };
        }
    }

    /// <summary>Looks once, on whichever instance: what it knows of before lies in what is shown.</summary>
    public async Task<OperationsWatch> LookAsync()
    {
        var hub = new ScriptedLog(Clock);
        var watch = new OperationsWatch(
            _reached, _reached, new SpoolAdoption(Spools, hub, hub, new SpoolOptions(), "self", Clock, NullLoggerFactory.Instance), new CosmosBoard(_budgets),
            new CosmosOperations(_shown), [CloseSchedules.Hourly()], new BudgetOptions(), Clock, new ListLogger(Said));
        await watch.LookAsync(_reached, CancellationToken.None);
        return watch;
    }

    /// <summary>Looks for a time at the watch's pace, and lets something happen before each look.</summary>
    public async Task WatchAsync(TimeSpan during, Action? before = null)
    {
        for (var passed = TimeSpan.Zero; passed < during; passed += OperationsWatch.Interval)
        {
            Clock.Advance(OperationsWatch.Interval);
            before?.Invoke();
            await LookAsync();
        }
    }

    public Task ShowBudgetsAsync(BudgetSnapshot snapshot) => new CosmosBoard(_budgets).ShowAsync(snapshot, CancellationToken.None);

    public async Task<OperationsReport> AskAsync()
    {
        var operations = new SharedOperations(new CosmosOperations(_shown), Clock);
        return await operations.ReadAsync(CancellationToken.None);
    }

    public async Task<AlertAnswer> AlertAsync(string id) => (await AskAsync()).Answer.Alerts.Single(alert => alert.Id == id);

    public async Task<OperationsContent> ContentAsync() => (await new CosmosOperations(_shown).ReadAsync(CancellationToken.None))!;

    private sealed class ListLogger(List<string> lines) : ILogger<OperationsWatch>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.Add(formatter(state, exception));
    }

    private sealed class Reached(WatchRig rig) : IPartitionSource, IPartitionStateStore, IWorkflowClient
    {
        public int PartitionCount => rig.Next.Length;

        public Task RefreshAsync(int partition, CancellationToken cancellationToken) =>
            rig.IsHubAway ? throw new TimeoutException("The test's hub is away.") : Task.CompletedTask;

        public LogRange GetRange(int partition) => new(0, rig.Next[partition]);

        public ValueTask<IReadOnlyList<PartitionHead>> ListHeadsAsync(CancellationToken cancellationToken) =>
            rig.IsStateAway ? throw new TimeoutException("The test's state is away.") : ValueTask.FromResult<IReadOnlyList<PartitionHead>>([.. rig.Heads.Values]);

        public Task<WorkflowStatus?> GetAsync(string instanceId, CancellationToken cancellationToken) => Task.FromResult(rig.Run);

        public ValueTask ReadAsync(int partition, long fromSequence, int maxBytes, RecordBatch batch, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask WaitForAsync(int partition, long sequence, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<PartitionLease> AcquireAsync(int partition, string owner, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<PartitionRecovery> RecoverAsync(PartitionLease lease, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask CommitAsync(PartitionLease lease, PartitionCommit commit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask MarkPublishedAsync(PartitionLease lease, long sequence, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask SaveSnapshotAsync(PartitionLease lease, long sequence, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<SideOutput>> ReadSideOutputsAsync(int partition, SideOutputKind kind, long fromSequence, int limit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<StartResult> StartAsync<TIn, TOut>(Workflow<TIn, TOut> workflow, string instanceId, TIn input, StartPolicy policy, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<WorkflowPage> ListAsync(string prefix, int limit, string? continuation, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> CancelAsync(string instanceId, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<WorkflowStatus> WaitAsync(string instanceId, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
