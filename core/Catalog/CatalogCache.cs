using ClickFuncs.Telemetry;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Catalog;

/// <summary>
/// Holds the newest catalog snapshot in memory and follows the store. When the store fails, redirects go on with the
/// snapshot they have: ads change rarely, and a link's price is in the link.
/// </summary>
public sealed partial class CatalogCache(ICatalogStore store, CatalogOptions options, TimeProvider time, ILogger<CatalogCache> logger)
    : IDisposable
{
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private volatile CatalogSnapshot? _current;
    private long _confirmedAt;

    /// <summary>The newest snapshot, or null before the first was read.</summary>
    public CatalogSnapshot? Current => _current;

    /// <summary>How long ago the store last confirmed that <see cref="Current"/> is its newest version; meaningless while that is null.</summary>
    public TimeSpan Age => time.GetElapsedTime(Volatile.Read(ref _confirmedAt));

    /// <summary>Reads what changed in the store, if anything did, and returns the newest snapshot. Its failures are the caller's.</summary>
    public async ValueTask<CatalogSnapshot> RefreshAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            var asked = time.GetTimestamp();
            var known = _current;
            var version = await store.GetVersionAsync(cancellationToken);
            if (known is null || known.Version != version)
            {
                // A version that fell means another store, say one restored from a backup: read it whole.
                var from = known is null || version < known.Version ? CatalogSnapshot.Empty : known;
                var changes = await store.ReadChangesAsync(from.Version, cancellationToken);
                _current = known = from.With(changes);
                LogRefreshed(logger, known.Version, changes.Ads.Count, known.Count);
            }

            Volatile.Write(ref _confirmedAt, asked);
            return known;
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <summary>Refreshes, but logs and counts a failure instead of throwing it; the earlier snapshot stays.</summary>
    public async Task TryRefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RefreshAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever the store throws, the loop has to outlive it: a dead loop would freeze the catalog for good.
            Instruments.CatalogRefreshFailures.Add(1);
            LogRefreshFailed(logger, exception, _current?.Version ?? 0);
        }
    }

    /// <summary>Refreshes at every interval until cancelled; a failure is logged and tried again at the next.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.RefreshInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            await TryRefreshAsync(cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => _refreshing.Dispose();
}
