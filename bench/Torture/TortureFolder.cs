using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ClickFuncs.Bench.Torture;

/// <summary>A data folder on a disk of its own, with its log on another one and its spool on a third, and what is asked of it.</summary>
internal sealed class TortureFolder : IDisposable
{
    private const string Advertiser = "adv_torture";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan SettleLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("clickfuncs-torture-");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private int _payments;

    private TortureFolder(int port)
    {
        Url = new Uri($"http://127.0.0.1:{port}");
        DataDisk = new TortureDisk(Data, Path.Combine(_root.FullName, "data.img"), 2048);
        LogDisk = new TortureDisk(Path.Combine(Data, "log"), Path.Combine(_root.FullName, "log.img"), 1024);
        Ledger = new TortureLedger(Path.Combine(Data, "log"), Spool);
        var settings = new { ClickFuncs = new { Spool = new { Directory = Spool, SegmentBytes = 262_144 }, Log = new { SegmentBytes = 1 << 20 }, Archive = new { Interval = "00:00:02" } } };
        File.WriteAllText(Path.Combine(Data, "clickfuncs.json"), JsonSerializer.Serialize(settings));
    }

    /// <summary>The data folder.</summary>
    public string Data => Path.Combine(_root.FullName, "data");

    /// <summary>The spool's folder.</summary>
    public string Spool => Path.Combine(_root.FullName, "spool");

    /// <summary>Where the host serves.</summary>
    public Uri Url { get; }

    /// <summary>The disk of everything but the log.</summary>
    public TortureDisk DataDisk { get; }

    /// <summary>The log's disk.</summary>
    public TortureDisk LogDisk { get; }

    /// <summary>What was acknowledged.</summary>
    public TortureLedger Ledger { get; }

    /// <summary>Makes one with an ad to click on.</summary>
    public static async Task<TortureFolder> CreateAsync(int port)
    {
        var folder = new TortureFolder(port);
        await TortureProcess.RunAsync(
            "catalog", "add", "--ad", "ad_torture", "--advertiser", Advertiser, "--campaign", "cmp_torture", "--landing", "https://example.com/", "--price", "0.45", "--data", folder.Data);
        return folder;
    }

    /// <summary>Path of a file beside the data.</summary>
    public string Beside(string name) => Path.Combine(_root.FullName, name);

    /// <summary>Starts the host and waits until it answers.</summary>
    public async Task<TortureProcess> UpAsync()
    {
        var host = TortureProcess.Start("up", "--data", Data, "--port", Url.Port.ToString(CultureInfo.InvariantCulture));
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (host.HasExited)
                throw new TortureException($"The host ended at its start: {await host.LastWordsAsync()}");
            if (await TryGetAsync("/health") is { })
                return host;
            if (Stopwatch.GetElapsedTime(started) > StartLimit)
            {
                // Dead it says its last words, and holds none of the disks that are to be unmounted.
                host.Kill();
                throw new TortureException($"The host does not answer after {StartLimit}: {await host.LastWordsAsync()}");
            }

            await Task.Delay(Poll);
        }
    }

    /// <summary>Everything is whole; and nothing acknowledged is missing.</summary>
    public async Task<(int Log, int Spool)> RequireWholeAsync()
    {
        await TortureProcess.RunAsync("verify", "--data", Data);
        return await Ledger.RequireAllAsync();
    }

    /// <summary>Lets a host drain and count everything, and requires that every click counts once, and that the money ledger is right.</summary>
    /// <returns>Clicks counted.</returns>
    public async Task<int> RequireCountedAsync()
    {
        using (var host = await UpAsync())
        {
            await AwaitAsync(async () => await MetricAsync("clickfuncs_spool_depth") == 0 && await MetricAsync("clickfuncs_partition_lag") == 0, "The spool is not drained or the log not counted.");
            var counted = await CountAsync();
            host.Terminate();
            await host.EndAsync();
            var logged = await Ledger.RequireOnceAsync();
            if (counted != (logged, logged))
                throw new TortureException($"{logged} clicks are on the log once each, but {counted.Unique} are counted and {counted.Raw} raw.");
        }

        await TortureProcess.RunAsync(
            "ledger", "pay", "--advertiser", Advertiser, "--currency", "USD", "--amount", "1.00", "--reference", $"torture-{++_payments}", "--data", Data);
        var balance = JsonElement.Parse(await TortureProcess.RunAsync("ledger", "balance", "--advertiser", Advertiser, "--data", Data));
        if (balance.GetProperty("balance_micros").GetInt64() != -1_000_000L * _payments)
            throw new TortureException($"After {_payments} payments of 1.00 the balance is {balance}.");
        return (await RequireWholeAsync()).Log;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        LogDisk.Dispose();
        DataDisk.Dispose();
        _root.Delete(recursive: true);
    }

    private async Task<(int Unique, int Raw)> CountAsync()
    {
        var answer = JsonElement.Parse(await TortureProcess.RunAsync(
            "query", "--advertiser", Advertiser, "--from", "2025-01-01", "--to", "2100-01-01", "--granularity", "1d", "--data", Data));
        // All come from one address, so velocity rules judge most of them invalid.
        var totals = answer.GetProperty("totals").EnumerateArray().SingleOrDefault();
        return totals.ValueKind == JsonValueKind.Undefined
            ? (0, 0)
            : (totals.GetProperty("clicks").GetInt32() + totals.GetProperty("invalid_clicks").GetInt32(), totals.GetProperty("raw_clicks").GetInt32());
    }

    private async Task<double> MetricAsync(string name)
    {
        var text = await TryGetAsync("/metrics") ?? throw new TortureException("The host gives no metrics.");
        return text.Split('\n')
            .Where(line => line.StartsWith(name + " ", StringComparison.Ordinal) || line.StartsWith(name + "{", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    private static async Task AwaitAsync(Func<Task<bool>> holds, string otherwise)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(started) > SettleLimit)
                throw new TortureException(otherwise);
            await Task.Delay(Poll);
        }
    }

    private async Task<string?> TryGetAsync(string path)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(Url, path));
            return await answer.Content.ReadAsStringAsync();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            // Not listening yet.
            return null;
        }
    }
}
