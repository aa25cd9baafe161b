using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;
using ClickFuncs.Local.Analytics;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Tests.Analytics;

/// <summary>A folder with an analytics store that can be closed, reopened, and looked into.</summary>
internal sealed class StoreFolder : IAsyncDisposable
{
    internal const long Midnight = 1_782_864_000_000;

    internal string Path { get; } = Directory.CreateTempSubdirectory("clickfuncs-").FullName;

    internal DuckDbAnalyticsStore Store { get; private set; } = null!;

    internal static async Task<StoreFolder> CreateAsync(DuckDbAnalyticsOptions? options = null)
    {
        var folder = new StoreFolder();
        await folder.OpenAsync(options);
        return folder;
    }

    internal async Task OpenAsync(DuckDbAnalyticsOptions? options = null) => Store = await OpenAsync(Path, options);

    internal static Task<DuckDbAnalyticsStore> OpenAsync(string path, DuckDbAnalyticsOptions? options = null) =>
        DuckDbAnalyticsStore.OpenAsync(
            path, options ?? new DuckDbAnalyticsOptions(), TimeSpan.FromSeconds(15), TimeProvider.System,
            NullLogger<DuckDbAnalyticsStore>.Instance, CancellationToken.None);

    /// <summary>Closes the store, runs SQL on its file, and opens it again.</summary>
    internal async Task ReopenAfterAsync(string sql)
    {
        await Store.DisposeAsync();
        using (var database = DuckDbDatabase.Open(System.IO.Path.Combine(Path, "analytics.duckdb")))
        {
            using var connection = database.Connect();
            connection.Execute(sql);
        }

        await OpenAsync();
    }

    internal static AnalyticsQuery Query(Granularity granularity, long days = 10) => new()
    {
        AdvertiserId = "adv_1", FromMs = Midnight, ToMs = Midnight + (days * Granularities.DayMs), Granularity = granularity,
    };

    internal async Task<long> ClicksAsync(AnalyticsQuery query) =>
        (await Store.QueryAsync(query, CancellationToken.None)).Points.Sum(point => point.Metrics.Clicks);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Delete(Path, recursive: true);
    }
}
