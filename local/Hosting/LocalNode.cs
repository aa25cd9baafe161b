using ClickFuncs.Local.Budgets;
using ClickFuncs.Local.Velocity;
using ClickFuncs.Analytics;
using ClickFuncs.Api.Telemetry;
using ClickFuncs.Batch.Archive;
using ClickFuncs.Freshness;
using ClickFuncs.Lake;
using ClickFuncs.Local.Analytics;
using ClickFuncs.Local.Catalog;
using ClickFuncs.Local.Lake;
using ClickFuncs.Local.Log;
using ClickFuncs.Local.Spool;
using ClickFuncs.Local.State;
using ClickFuncs.Log;
using ClickFuncs.Processing;
using ClickFuncs.State;
using ClickFuncs.Telemetry.Tracing;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Hosting;

/// <summary>
/// The way of a click behind the endpoint, on one machine: log, partition workers, state, publisher, analytics store.
/// Opens in that order and closes in the opposite one, so that what was accepted is durable and what was committed can be
/// published after the next start.
/// </summary>
internal sealed class LocalNode : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SqlitePartitionStateStore _state;
    private readonly RowPublisher _publisher;
    private readonly CaptureCatalog _captures;
    private readonly LocalLake _lake;
    private readonly StreamOptions _streamOptions;
    private readonly TimeProvider _time;
    private Task _running = Task.CompletedTask;
    private Task _archiving = Task.CompletedTask;
    private Task _keeping = Task.CompletedTask;
    private Task _watching = Task.CompletedTask;
    private Task _spooling = Task.CompletedTask;

    private LocalNode(
        SegmentLog log, LocalSpool spool, SqlitePartitionStateStore state, DuckDbAnalyticsStore analytics, SqliteCatalogStore catalog, LocalLake lake,
        LocalBudgets budgets, LocalVelocity velocity, bool isWatching, LocalOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        (Spool, Budgets, Velocity) = (spool, budgets, velocity);
        (Log, _state, Analytics, Catalog, _lake, _streamOptions, _time) = (log, state, analytics, catalog, lake, options.Stream, time);
        Archive = new ArchiveCapture(log, Lake, options.Archive, time, loggers.CreateLogger<ArchiveCapture>());
        _captures = new CaptureCatalog(Lake, options.Archive.ToHub());
        _publisher = new RowPublisher(analytics, options.Stream, time, loggers.CreateLogger<RowPublisher>());
        var publisher = velocity.SendFrom(budgets.ReportTo(_publisher));
        Traces = TelemetryExport.TracesOf(options.Telemetry, time);
        var owner = $"{Environment.MachineName}:{Environment.ProcessId}";
        Workers = [.. Enumerable.Range(0, log.PartitionCount).Select(partition => new PartitionWorker(
            partition, owner, log, state, publisher, options.Processor, options.Stream, time, loggers.CreateLogger<PartitionWorker>(),
            isWatching ? velocity.Collector : null, Traces))];
        Freshness = new FreshnessProbe(
            log, log, analytics, partition => Workers[partition].Status.WatermarkMs, options.Freshness, time, Traces, loggers.CreateLogger<FreshnessProbe>());
        budgets.Attach(log, partition => Workers[partition].Status.PublishedPosition, () => spool.IsEmpty, options.Budgets, time, loggers);
    }

    public SegmentLog Log { get; }

    /// <summary>The spool, and the log with the spool behind it; not drained until <see cref="StartSpooling"/>.</summary>
    public LocalSpool Spool { get; }

    public IPartitionStateStore State => _state;

    public DuckDbAnalyticsStore Analytics { get; }

    public SqliteCatalogStore Catalog { get; }

    public ILake Lake => _lake.Files;

    /// <summary>Budgets and the keeping of spend; at rest until <see cref="StartKeepingBudgets"/>.</summary>
    public LocalBudgets Budgets { get; }

    /// <summary>Velocity rules; at rest until <see cref="StartWatchingVelocity"/>.</summary>
    public LocalVelocity Velocity { get; }

    /// <summary>The archiving of the log; at rest until <see cref="StartArchiving"/>.</summary>
    public ArchiveCapture Archive { get; }

    public IReadOnlyList<PartitionWorker> Workers { get; }

    /// <summary>Which clicks are traced, and their traces.</summary>
    public ClickTraces Traces { get; }

    /// <summary>The measuring of freshness; a host runs it.</summary>
    public FreshnessProbe Freshness { get; }

    /// <summary>What publishing to the analytics store is failing with now; null while it works.</summary>
    public Exception? PublishFailure => _publisher.Failure;

    /// <param name="directory">Where everything lies.</param>
    /// <param name="options">The settings.</param>
    /// <param name="partitions">Partitions of a new log; null takes the settings' number. An existing log keeps its own.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <param name="isWatching">Whether accepted clicks send signals to the velocity rules.</param>
    /// <summary>Opens the stores; nothing is counted before <see cref="Start"/>.</summary>
    public static async Task<LocalNode> OpenAsync(
        DataDirectory directory, LocalOptions options, int? partitions, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken,
        bool isWatching = false)
    {
        var log = LogOpener.Open(options.Log.At(directory.Log, partitions), time, loggers.CreateLogger<SegmentLog>());
        LocalSpool? spool = null;
        try
        {
            spool = LocalSpool.Open(log, directory, options.Spool, time, loggers);
            var state = new SqlitePartitionStateStore(
                new SqliteStateOptions { Directory = directory.State }, loggers.CreateLogger<SqlitePartitionStateStore>());
            var lake = await LocalLake.OpenAsync(directory, loggers, cancellationToken);
            var analytics = await DuckDbAnalyticsStore.OpenAsync(
                directory.Root, options.Analytics, options.Processor.IdleTimeout, time, loggers.CreateLogger<DuckDbAnalyticsStore>(), cancellationToken, lake.Files);
            var node = new LocalNode(
                log, spool, state, analytics, new SqliteCatalogStore(directory.Catalog), lake, LocalBudgets.Open(directory, time, loggers),
                LocalVelocity.Open(directory, options.Velocity, time, loggers), isWatching, options, time, loggers);
            try
            {
                await node.RequireAgreementAsync(cancellationToken);
                return node;
            }
            catch
            {
                await node.DisposeAsync();
                throw;
            }
        }
        catch
        {
            log.Dispose();
            spool?.Dispose();
            throw;
        }
    }

    /// <summary>Starts counting.</summary>
    public void Start() => _running = Task.WhenAll(
        [_publisher.RunAsync(_stopping.Token), .. Workers.Select(w => Task.Run(() => w.RunAsync(_stopping.Token)))]);

    /// <summary>Starts archiving the log. Separate from counting, because an import archives nothing: the next host does.</summary>
    public void StartArchiving() => _archiving = Archive.RunAsync(_stopping.Token);

    /// <summary>Starts sending to the spool what the log keeps waiting, and draining it. Separate from counting, because an import needs the log for itself.</summary>
    public void StartSpooling() => _spooling = Spool.Drain.RunAsync(_stopping.Token);

    /// <summary>Starts keeping budgets. Separate from counting, because only a host takes clicks that may be over budget.</summary>
    public void StartKeepingBudgets() => _keeping = Budgets.Keeper.RunAsync(_stopping.Token);

    /// <summary>Starts watching velocity. Separate from counting, because a file must give the same rows on every import.</summary>
    public void StartWatchingVelocity() => _watching = Velocity.Keeper.RunAsync(_stopping.Token);

    /// <summary>For each partition, the oldest record that somebody still needs: one that is not counted, or not archived.</summary>
    public long[] FindRetentionFloor() => [.. Workers.Select(w => Math.Min(w.Status.Position, Archive.Partitions[w.Status.Partition].Position) + 1)];

    /// <summary>Deletes late and quarantined events that came before a time.</summary>
    public ValueTask<long> DeleteSideOutputsAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        _state.DeleteSideOutputsAsync(Log.PartitionCount, before.ToUnixTimeMilliseconds(), cancellationToken);

    /// <summary>Waits until everything on the log as of now is counted and visible to queries.</summary>
    /// <exception cref="InvalidOperationException">A partition has stopped for good.</exception>
    public async Task WaitUntilCountedAsync(CancellationToken cancellationToken)
    {
        var targets = Enumerable.Range(0, Log.PartitionCount).Select(p => Log.GetRange(p).Next - 1).ToArray();
        foreach (var worker in Workers)
            worker.Hurry();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(10), _time);
        while (Workers.Any(w => w.Status.PublishedPosition < targets[w.Status.Partition]))
        {
            if (_running.IsCompleted || Workers.FirstOrDefault(w => w.Failure is StaleOwnerException) is { })
                throw new InvalidOperationException("A partition was taken over by another process; run again when that one has ended.");
            await poll.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>What happened to all events so far.</summary>
    public PartitionCounters SumCounters() => Workers.Aggregate(default(PartitionCounters), (sum, w) => sum + w.Status.Counters);

    // Going on regardless would give new clicks the numbers of lost ones, which the state takes for counted.
    private async Task RequireAgreementAsync(CancellationToken cancellationToken)
    {
        long[] nextSequences = [.. Enumerable.Range(0, Log.PartitionCount).Select(p => Log.GetRange(p).Next)];
        var contradictions = StoreAgreement.Contradictions(
            await _state.ListHeadsAsync(cancellationToken), nextSequences, await Analytics.ReadVersionsAsync(cancellationToken))
            .Concat(StoreAgreement.ArchiveContradictions(await ArchivePosition.FindAllNextAsync(_captures, cancellationToken), nextSequences))
            .ToList();
        if (contradictions.Count > 0)
            throw new StateCorruptException(string.Join(' ', contradictions));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        await _archiving;
        await _keeping;
        await _watching;
        await _spooling;
        Velocity.Dispose();
        Budgets.Dispose();
        Log.Dispose();
        Spool.Dispose();
        await Analytics.DisposeAsync();
        await _state.DisposeAsync();
        Catalog.Dispose();
        _lake.Dispose();
        _stopping.Dispose();
    }
}
