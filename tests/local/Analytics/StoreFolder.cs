using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;
using ClickFuncs.Lake;
using ClickFuncs.Local.Analytics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Tests.Analytics;

/// <summary>A folder with an analytics store that can be closed, reopened, and looked into.</summary>
internal sealed class StoreFolder : IAsyncDisposable
{
    internal const long Midnight = 1_782_864_000_000;

    internal string Path { get; } = Directory.CreateTempSubdirectory("clickfuncs-").FullName;

    internal DuckDbAnalyticsStore Store { get; private set; } = null!;

    /// <summary>The event ids that the store logged.</summary>
    internal EventIds Logged { get; } = new();

    /// <summary>The lake the store is opened with, if any.</summary>
    internal ILake? Lake { get; set; }

    private DuckDbAnalyticsOptions? Options { get; init; }

    internal static async Task<StoreFolder> CreateAsync(DuckDbAnalyticsOptions? options = null)
    {
        var folder = new StoreFolder { Options = options };
        await folder.OpenAsync();
        return folder;
    }

    /// <summary>With a lake beside it, in a folder whose name has a quote in it.</summary>
    internal static async Task<StoreFolder> CreateWithLakeAsync(DuckDbAnalyticsOptions? options = null)
    {
        var folder = new StoreFolder { Options = options };
        folder.Lake = new TemporaryLake(System.IO.Path.Combine(folder.Path, "today's lake"));
        await folder.OpenAsync();
        return folder;
    }

    internal static Task<DuckDbAnalyticsStore> OpenAsync(string path) => OpenAsync(path, null, NullLogger<DuckDbAnalyticsStore>.Instance, null);

    internal async Task OpenAsync() => Store = await OpenAsync(Path, Options, Logged, Lake);

    private static Task<DuckDbAnalyticsStore> OpenAsync(
        string path, DuckDbAnalyticsOptions? options, ILogger<DuckDbAnalyticsStore> logger, ILake? lake) => DuckDbAnalyticsStore.OpenAsync(
        path, options ?? new DuckDbAnalyticsOptions(), TimeSpan.FromSeconds(15), TimeProvider.System, logger, CancellationToken.None, lake);

    /// <summary>Closes the store, runs SQL on its file, and opens it again.</summary>
    internal async Task ReopenAfterAsync(string sql)
    {
        await Store.DisposeAsync();
        Execute(Path, sql);
        await OpenAsync();
    }

    /// <summary>Runs SQL on the file of a folder while no store has it open.</summary>
    internal static void Execute(string path, string sql)
    {
        using var database = DuckDbDatabase.Open(System.IO.Path.Combine(path, "analytics.duckdb"));
        using var connection = database.Connect();
        connection.Execute(sql);
    }

    /// <summary>Closes the store, counts the rows of a table, and opens it again.</summary>
    internal async Task<long> CountAsync(string table)
    {
        await Store.DisposeAsync();
        long count;
        using (var database = DuckDbDatabase.Open(System.IO.Path.Combine(Path, "analytics.duckdb")))
        {
            using var connection = database.Connect();
            using var reader = connection.Query($"SELECT count(*) FROM {table}");
            Assert.True(reader.Read());
            count = reader.GetInt64(0);
        }

        await OpenAsync();
        return count;
    }

    /// <summary>Compacts, rolls up all that is there, and retains.</summary>
    internal async Task RetainAsync()
    {
        await Store.CompactAsync(CancellationToken.None);
        await Store.RollUpAsync(Midnight + (2000 * Granularities.DayMs), CancellationToken.None);
        await Store.RetainAsync(TimeSpan.FromMinutes(15), CancellationToken.None);
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
