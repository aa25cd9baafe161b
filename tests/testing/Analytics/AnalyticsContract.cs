using ClickFuncs.Analytics;
using ClickFuncs.Windows;

namespace ClickFuncs.Testing.Analytics;

/// <summary>What the contract suites of analytics stores share: a store that is opened anew for each test.</summary>
public abstract class AnalyticsContract : IAsyncLifetime
{
    /// <summary>The idle timeout the store is opened with.</summary>
    protected static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(15);

    protected const long Minute = Granularities.MinuteMs;
    protected const long Hour = Granularities.HourMs;
    protected const long Day = Granularities.DayMs;

    /// <summary>2026-07-01T00:00:00Z</summary>
    protected const long Midnight = 1_782_864_000_000;

    /// <summary>The store under test.</summary>
    protected IAnalyticsStore Store { get; set; } = null!;

    protected IAnalyticsTruth Truth => (IAnalyticsTruth)Store;

    protected IAnalyticsStaging Staging => (IAnalyticsStaging)Store;

    public async Task InitializeAsync() => Store = await OpenAsync();

    public abstract Task DisposeAsync();

    /// <summary>Opens an empty store.</summary>
    protected abstract Task<IAnalyticsStore> OpenAsync();

    /// <summary>Does some of the store's maintenance, which must not change any answer.</summary>
    /// <param name="store">A store that was opened here.</param>
    /// <param name="kind">Which kind, for stores that have several.</param>
    /// <param name="throughMs">Up to which event time, where that matters.</param>
    protected virtual Task MaintainAsync(IAnalyticsStore store, int kind, long throughMs) => Task.CompletedTask;

    /// <summary>Deletes what coarser rows stand for, in stores that do.</summary>
    /// <returns>From when on minutes and hours are kept.</returns>
    protected virtual Task<(long MinutesFromMs, long HoursFromMs)> RetainAsync(IAnalyticsStore store) => Task.FromResult((0L, 0L));

    protected static AnalyticsQuery All(Granularity granularity) =>
        new() { AdvertiserId = "adv_1", FromMs = Midnight - (30 * Day), ToMs = Midnight + (30 * Day), Granularity = granularity };

    protected ValueTask PublishAsync(params WindowRowSet[] sets) => Store.PublishAsync(sets, Midnight, CancellationToken.None);

    protected ValueTask<AnalyticsAnswer> QueryAsync(AnalyticsQuery query) => Store.QueryAsync(query, CancellationToken.None);

    /// <summary>Clicks at each point, such as <c>5 Live</c>.</summary>
    protected async Task<IEnumerable<string>> ClicksAsync(AnalyticsQuery query) =>
        (await QueryAsync(query)).Points.Select(point => $"{point.Metrics.Clicks} {point.Accuracy}");

    /// <summary>Publishes a final day.</summary>
    protected ValueTask PublishFinalAsync(long dayStartMs, int revision, params AnalyticsRow[] rows) =>
        Truth.PublishFinalAsync(dayStartMs, revision, AnalyticsRows.Batches(rows), CancellationToken.None);
}
