using System.Diagnostics;
using System.Globalization;
using ClickFuncs.Analytics;
using ClickFuncs.Analytics.Overviews;
using ClickFuncs.Local.Analytics;
using ClickFuncs.Windows;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Bench.Analytics;

/// <summary>
/// How fast a warm store answers what a page asks, over two years of rolled-up rows of 10,000 ads (R31: p95 below 100 ms). Every ad has a row
/// a day, in the newest 90 days several, each in an hour of its own. Arguments: ads (10,000), days (730), rows per ad and day of the newest 90 days (4).
/// </summary>
internal static class YearsRun
{
    private const int Partitions = 8;
    private const int AdsPerAdvertiser = 50;
    private const int Asked = 200;
    private const int HourlyDays = 90;
    private const long Start = 1_719_792_000_000;

    internal static async Task Run(string[] args)
    {
        var (ads, days, perDay) = (Number(args, 0, 10_000), Number(args, 1, 730), Number(args, 2, 4));
        var folder = Directory.CreateTempSubdirectory("clickfuncs-bench-").FullName;
        try
        {
            await using var store = await DuckDbAnalyticsStore.OpenAsync(
                folder, new DuckDbAnalyticsOptions(), TimeSpan.FromSeconds(15), TimeProvider.System,
                NullLogger<DuckDbAnalyticsStore>.Instance, CancellationToken.None);
            var rows = await FillAsync(store, ads, days, perDay);
            Console.WriteLine($"{rows:N0} rows of {ads:N0} ads of {ads / AdsPerAdvertiser:N0} advertisers over {days} days, {FolderBytes(folder) / 1e6:F0} MB");
            await MeasureAsync(store, ads / AdsPerAdvertiser, days);
            Console.WriteLine($"peak memory of the process {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0} MB, processor time {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:F0} s");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<long> FillAsync(DuckDbAnalyticsStore store, int ads, int days, int perDay)
    {
        var keys = Enumerable.Range(0, ads).Select(Key).ToArray();
        var version = 0;
        long rows = 0;
        var began = Stopwatch.GetTimestamp();
        for (var day = 0; day < days; day++)
        {
            var set = new WindowRowSet { Partition = day % Partitions, Version = ++version, WatermarkMs = Start + (day * Granularities.DayMs) };
            var hours = day >= days - HourlyDays ? perDay : 1;
            for (var hour = 0; hour < hours; hour++)
            {
                for (var ad = 0; ad < ads; ad++)
                    set.Add(Start + (day * Granularities.DayMs) + (((ad * 7) + (hour * 24 / hours)) % 24 * Granularities.HourMs), keys[ad], Counts(ad + day));
            }

            rows += set.Count;
            await store.PublishAsync([set], Start + day, CancellationToken.None);
            if (day % 60 == 59 || day == days - 1)
            {
                await store.CompactAsync(CancellationToken.None);
                await store.RollUpAsync(Start + ((day + 1) * Granularities.DayMs), CancellationToken.None);
            }
        }

        Console.WriteLine($"published, compacted and rolled up in {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s");
        return rows;
    }

    private static async Task MeasureAsync(DuckDbAnalyticsStore store, int advertisers, int days)
    {
        var end = Start + (days * Granularities.DayMs);
        var reader = new OverviewReader(store);
        foreach (var (name, ask) in (IEnumerable<(string, Func<AnalyticsQuery, OverviewQuery>)>)
        [
            ("two years by day", q => new OverviewQuery(q)),
            ("two years by day and campaign", q => new OverviewQuery(q with { GroupBy = [Dimension.Campaign] })),
            ("two years by day, mobile only", q => new OverviewQuery(q with { Filters = new Dictionary<Dimension, IReadOnlyList<string>> { [Dimension.Device] = ["mobile"] } })),
            ("90 days by hour", q => new OverviewQuery(q with { Granularity = Granularity.Hour, FromMs = end - (HourlyDays * Granularities.DayMs) })),
            ("page: a year, the year before, table by ad", q => new OverviewQuery(
                q with { FromMs = end - (days / 2 * Granularities.DayMs) }, q with { ToMs = end - (days / 2 * Granularities.DayMs) },
                new BreakdownQuery { Dimension = Dimension.Ad, OrderBy = AnalyticsMetric.Clicks, IsAscending = false, Offset = 0, Limit = 50 })),
        ])
        {
            var milliseconds = new List<double>();
            for (var i = -20; i < Asked; i++)
            {
                var query = new AnalyticsQuery { AdvertiserId = $"adv_{(i + 20) * 7 % advertisers:D8}", FromMs = Start, ToMs = end, Granularity = Granularity.Day };
                var began = Stopwatch.GetTimestamp();
                await reader.ReadAsync(ask(query), CancellationToken.None);
                // The first twenty warm it.
                if (i >= 0)
                    milliseconds.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            milliseconds.Sort();
            Console.WriteLine($"{name,-46} p50 {milliseconds[Asked / 2],6:F1} ms  p95 {milliseconds[Asked * 95 / 100],6:F1} ms  max {milliseconds[^1],6:F1} ms");
        }
    }

    private static byte[] Key(int ad)
    {
        var advertiser = ad / AdsPerAdvertiser;
        return new DimensionKey(
            $"adv_{advertiser:D8}", $"cmp_{(advertiser * 4) + (ad % 4):D8}", $"grp_{advertiser:D8}", $"ad_{ad:D8}", $"cr_{ad:D8}", "USD",
            ad % 2 == 0 ? "mobile" : "desktop", (ad % 3) switch { 0 => "NO", 1 => "SE", _ => "DK" }).Encode();
    }

    private static WindowMetrics Counts(int n) =>
        new() { Impressions = n % 1000, RawClicks = n % 20, Clicks = n % 17, Conversions = n % 3, SpendMicros = n % 17 * 450_000L };

    private static long FolderBytes(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    private static int Number(string[] args, int at, int absent) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : absent;
}
