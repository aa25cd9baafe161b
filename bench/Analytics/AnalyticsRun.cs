using System.Diagnostics;
using System.Globalization;
using ClickFuncs.Analytics;
using ClickFuncs.Local.Analytics;
using ClickFuncs.Windows;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Bench.Analytics;

/// <summary>
/// How fast the embedded analytics store publishes and answers: two days of minutes, 8 partitions, 50 advertisers.
/// Arguments: rows (default 2,000,000).
/// </summary>
internal static class AnalyticsRun
{
    private const int Partitions = 8;
    private const int Advertisers = 50;
    private const int AdsPerAdvertiser = 20;
    private const int RowsPerSet = 20_000;
    private const long Start = 1_782_864_000_000;
    private const long Days = 2;

    private static DuckDbAnalyticsStore _store = null!;

    internal static async Task Run(string[] args)
    {
        var rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2_000_000;
        var folder = Directory.CreateTempSubdirectory("clickfuncs-bench-").FullName;
        try
        {
            _store = await DuckDbAnalyticsStore.OpenAsync(
                folder, new DuckDbAnalyticsOptions(), TimeSpan.FromSeconds(15), TimeProvider.System,
                NullLogger<DuckDbAnalyticsStore>.Instance, CancellationToken.None);
            await MeasureAsync(rows);
            await TimeAsync("close", async () => await _store.DisposeAsync());
            Console.WriteLine($"file size              {new FileInfo(Path.Combine(folder, "analytics.duckdb")).Length / 1e6,10:F1} MB");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(int rows)
    {
        var keys = Keys();
        var sets = MakeSets(rows, keys);
        var seconds = await TimeAsync($"publish {rows:N0} rows, new keys", () => _store.PublishAsync(sets, Start, CancellationToken.None).AsTask());
        Console.WriteLine($"publish rate           {rows / seconds / 1e6,10:F2} M rows/s");
        foreach (var set in sets)
            set.Version += 1_000_000;
        seconds = await TimeAsync("publish them again, newer", () => _store.PublishAsync(sets, Start, CancellationToken.None).AsTask());
        Console.WriteLine($"publish rate           {rows / seconds / 1e6,10:F2} M rows/s");
        await QueriesAsync("all in the log");
        await TimeAsync("compact", async () => await _store.CompactAsync(CancellationToken.None));
        await QueriesAsync("compacted");
        await TimeAsync("roll up", () => _store.RollUpAsync(Start + (Days * Granularities.DayMs), CancellationToken.None));
        await QueriesAsync("rolled up");
        await SmallPublishesAsync(keys);
        await QueriesAsync("with live rows");
        await TruthRun.MeasureAsync(_store, Start, sets, TimeAsync);
        await QueriesAsync("one day final, the other backfilled");
    }

    private static async Task SmallPublishesAsync(byte[][] keys)
    {
        const int publishes = 200;
        const int rowsEach = 1_000;
        var milliseconds = new List<double>();
        for (var i = 0; i < publishes; i++)
        {
            var set = new WindowRowSet { Partition = i % Partitions, Version = 3_000_000 + i, WatermarkMs = Start };
            for (var row = 0; row < rowsEach; row++)
                set.Add(Start + (Days * Granularities.DayMs) + (row % 2 * Granularities.MinuteMs), keys[row % keys.Length], Counts(row));
            var start = Stopwatch.GetTimestamp();
            await _store.PublishAsync([set], Start + i, CancellationToken.None);
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        milliseconds.Sort();
        Console.WriteLine($"publish 1,000 rows     p50 {milliseconds[publishes / 2]:F1} ms, p99 {milliseconds[publishes * 99 / 100]:F1} ms");
    }

    private static async Task QueriesAsync(string state)
    {
        foreach (var (granularity, group) in ((Granularity, Dimension[])[])
            [(Granularity.Minute, []), (Granularity.Hour, []), (Granularity.Hour, [Dimension.Ad]), (Granularity.Day, [Dimension.Campaign])])
        {
            var query = new AnalyticsQuery
            {
                AdvertiserId = "adv_00000007", FromMs = Start, ToMs = Start + (Days * Granularities.DayMs) + Granularities.HourMs, Granularity = granularity, GroupBy = group,
            };
            var best = double.MaxValue;
            var points = 0;
            for (var i = 0; i < 5; i++)
            {
                var start = Stopwatch.GetTimestamp();
                points = (await _store.QueryAsync(query, CancellationToken.None)).Points.Count;
                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            Console.WriteLine($"query {granularity.Name()} by {group.Length} fields, {state}: {best:F1} ms, {points} points");
        }
    }

    private static List<WindowRowSet> MakeSets(int rows, byte[][] keys)
    {
        var sets = new List<WindowRowSet>();
        var random = new Random(1);
        var version = 0;
        for (var made = 0; made < rows;)
        {
            var set = new WindowRowSet { Partition = sets.Count % Partitions, Version = ++version, WatermarkMs = Start };
            for (; set.Count < RowsPerSet && made < rows; made++)
                set.Add(Start + (made * (Days * 1440L) / rows * Granularities.MinuteMs), keys[random.Next(keys.Length)], Counts(made));
            sets.Add(set);
        }

        return sets;
    }

    private static WindowMetrics Counts(int n) =>
        new() { Impressions = n % 1000, RawClicks = n % 20, Clicks = n % 17, Conversions = n % 3, SpendMicros = n % 17 * 450_000L };

    private static byte[][] Keys() =>
    [
        .. from advertiser in Enumerable.Range(0, Advertisers)
           from ad in Enumerable.Range(0, AdsPerAdvertiser)
           from device in (string[])["mobile", "desktop"]
           from country in (string[])["NO", "SE", "DK"]
           select new DimensionKey(
               $"adv_{advertiser:D8}", $"cmp_{(advertiser * 4) + (ad % 4):D8}", $"grp_{advertiser:D8}",
               $"ad_{(advertiser * AdsPerAdvertiser) + ad:D8}", $"cr_{ad:D8}", "USD", device, country).Encode(),
    ];

    private static async Task<double> TimeAsync(string what, Func<Task> run)
    {
        var start = Stopwatch.GetTimestamp();
        await run();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine($"{what,-34} {seconds * 1000,10:F0} ms");
        return seconds;
    }
}
