using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;
using ClickFuncs.Lake;
using ClickFuncs.Local.Analytics.Retention;
using ClickFuncs.Local.Analytics.Staging;
using ClickFuncs.Telemetry;
using ClickFuncs.Windows;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Analytics;

/// <summary>
/// The embedded analytics store: one DuckDB file, owned by one process. Published versions are appended to a log, compacted
/// into minutes, and rolled up to hours and days; a query is exact whatever of that has happened yet. Compaction, rollup and
/// retention are called by the host and its workflows, as often as they like.
/// </summary>
internal sealed partial class DuckDbAnalyticsStore : IAnalyticsStore, IAnalyticsTruth, IAnalyticsStaging, IAnalyticsTiers, IAsyncDisposable
{
    private readonly string _directory;
    private readonly AnalyticsConnections _connections;
    private readonly DuckDbAnalyticsOptions _options;
    private readonly NameTable _names;
    private readonly Publishing _publishing;
    private readonly StagedWriting _staging;
    private readonly Answering _answering;
    private readonly TimeProvider _clock;
    private readonly ILogger<DuckDbAnalyticsStore> _logger;
    private readonly ILake? _lake;

    // Work of several transactions that changes what was counted before, or moves it: one at a time. The stream goes on.
    private readonly SemaphoreSlim _rewriting = new(1, 1);

    private DuckDbAnalyticsStore(
        string directory, AnalyticsConnections connections, NameTable names, DuckDbAnalyticsOptions options, TimeSpan idleTimeout,
        TimeProvider clock, ILogger<DuckDbAnalyticsStore> logger, ILake? lake)
    {
        (_directory, _connections, _names, _options, _clock, _logger, _lake) = (directory, connections, names, options, clock, logger, lake);
        var rows = new RowAppender(new KeyCache(names, options.CachedKeys));
        _publishing = new Publishing(names, rows);
        _staging = new StagedWriting(names, rows);
        _answering = new Answering(names, idleTimeout, options.MaxPoints);
    }

    /// <summary>Opens or creates the store in a folder.</summary>
    /// <param name="directory">Folder of <c>analytics.duckdb</c>; created if missing.</param>
    /// <param name="options">Its share of the machine.</param>
    /// <param name="idleTimeout">After how long without publishing a partition no longer holds the watermark back.</param>
    /// <param name="clock">Measures durations.</param>
    /// <param name="logger">Told about maintenance.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <param name="lake">Where old months go; without one they stay in the file, and those that are there already can't be asked for.</param>
    /// <exception cref="AnalyticsStoreException">It is in use, damaged, or newer than this program.</exception>
    internal static async Task<DuckDbAnalyticsStore> OpenAsync(
        string directory, DuckDbAnalyticsOptions options, TimeSpan idleTimeout, TimeProvider clock,
        ILogger<DuckDbAnalyticsStore> logger, CancellationToken cancellationToken, ILake? lake = null)
    {
        var connections = await AnalyticsConnections.OpenAsync(directory, options);
        try
        {
            var format = await connections.WriteAsync(connection => AnalyticsSchema.Ensure(connection, directory), cancellationToken);
            var names = await connections.WriteAsync(NameTable.Load, cancellationToken);
            var store = new DuckDbAnalyticsStore(directory, connections, names, options, idleTimeout, clock, logger, lake);
            if (format is > 0 and < AnalyticsSchema.Format)
                store.LogUpgraded(directory, format, AnalyticsSchema.Format);
            return store;
        }
        catch
        {
            await connections.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask PublishAsync(IReadOnlyList<WindowRowSet> sets, long publishedAtMs, CancellationToken cancellationToken)
    {
        var expired = await _connections.WriteAsync(
            connection => _publishing.Publish(connection, sets, publishedAtMs, cancellationToken), cancellationToken);
        if (expired == 0)
            return;
        Instruments.AnalyticsExpiredRows.Add(expired);
        LogExpired(expired);
    }

    /// <inheritdoc/>
    public async ValueTask<AnalyticsAnswer> QueryAsync(AnalyticsQuery query, CancellationToken cancellationToken)
    {
        FinalQueryRule.Check(query);
        var start = _clock.GetTimestamp();
        await using var files = new FetchedFiles(_lake);
        AnalyticsAnswer? answer;
        while ((answer = await _connections.ReadAsync(connection => _answering.Answer(connection, query, files), cancellationToken)) is null)
            await files.FetchMissingAsync(cancellationToken);
        Instruments.AnalyticsQueryDuration.Record(
            _clock.GetElapsedTime(start).TotalSeconds, new KeyValuePair<string, object?>("granularity", query.Granularity.Name()));
        return answer;
    }

    /// <summary>The newest version of each partition's rows that the store holds.</summary>
    internal async Task<IReadOnlyDictionary<int, long>> ReadVersionsAsync(CancellationToken cancellationToken) =>
        await _connections.ReadAsync(PartitionVersions.Read, cancellationToken);

    /// <summary>Compacts everything published so far, in steps; publishing and queries go on between them.</summary>
    /// <returns>Rows taken from the log.</returns>
    internal async Task<long> CompactAsync(CancellationToken cancellationToken)
    {
        var start = _clock.GetTimestamp();
        var (total, steps) = (0L, 0);
        for (long taken; (taken = await StepAsync("compaction", connection => Compaction.Step(connection, _options.CompactionRows), cancellationToken)) > 0;)
            (total, steps) = (total + taken, steps + 1);
        if (steps > 0)
            LogCompacted(total, steps, _clock.GetElapsedTime(start).TotalMilliseconds);
        return total;
    }

    /// <summary>
    /// Rolls up the hours and days that ended by a time, and those corrected since they were. Take a time before which
    /// few corrections are to be expected: watermark minus allowed lateness.
    /// </summary>
    /// <param name="throughMs">Milliseconds since the Unix epoch.</param>
    /// <param name="cancellationToken">Stops between steps; what is done stays done.</param>
    internal async Task RollUpAsync(long throughMs, CancellationToken cancellationToken)
    {
        var start = _clock.GetTimestamp();
        var steps = 1;
        while (await RollUpNextAsync(throughMs, cancellationToken))
            steps++;
        LogRolledUp(throughMs, steps, _clock.GetElapsedTime(start).TotalMilliseconds);
    }

    /// <inheritdoc/>
    public async ValueTask<long?> FindNewestWatermarkAsync(CancellationToken cancellationToken) =>
        (await _connections.ReadAsync(WatermarkSpan.Read, cancellationToken))?.NewestMs;

    /// <inheritdoc/>
    public async ValueTask<bool> RollUpNextAsync(long throughMs, CancellationToken cancellationToken)
    {
        foreach (var rollup in (Rollup[])[new Rollup(Granularity.Hour), new Rollup(Granularity.Day)])
        {
            if (await StepAsync("rollup", connection => rollup.Step(connection, throughMs), cancellationToken))
                return true;
        }

        return false;
    }

    /// <summary>Waits for what is running, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _connections.DisposeAsync();
        _rewriting.Dispose();
    }

    private async Task<T> StepAsync<T>(string work, Func<DuckDbConnection, T> step, CancellationToken cancellationToken) =>
        await _connections.WriteAsync(
            connection =>
            {
                var start = _clock.GetTimestamp();
                var result = step(connection);
                Instruments.AnalyticsMaintenanceDuration.Record(
                    _clock.GetElapsedTime(start).TotalSeconds, new KeyValuePair<string, object?>("work", work));
                return result;
            },
            cancellationToken);
}
