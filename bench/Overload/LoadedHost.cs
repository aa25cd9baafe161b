using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using ClickFuncs.Bench.Redirect;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Load;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Bench.Overload;

/// <summary>The real host on one core, and what can be seen of it from outside while it is loaded.</summary>
internal sealed class LoadedHost : IDisposable
{
    private static readonly TimeSpan SettleLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly BenchPlaces _places;
    private readonly BenchServer _server;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly ILinkSource _links;

    // Those of the load belong to its thread.
    private readonly ILinkSource _probeLinks;
    private readonly Lock _probeGate = new();

    private LoadedHost(BenchPlaces places, BenchServer server, ILinkSource links, ILinkSource probeLinks) =>
        (_places, _server, _links, _probeLinks) = (places, server, links, probeLinks);

    /// <summary>Processor time that the host has used.</summary>
    public TimeSpan ProcessorTime => _server.ProcessorTime;

    /// <summary>Memory of the host that is in use, in MiB.</summary>
    public double MemoryMiB => _server.MemoryBytes / 1024.0 / 1024.0;

    /// <summary>Starts it with an ad to click on.</summary>
    /// <param name="settings">The sections of its settings.</param>
    public static async Task<LoadedHost> StartAsync(object settings)
    {
        var places = new BenchPlaces();
        var data = new DataDirectory(places.FillIn("{data}", "", 0));
        await File.WriteAllTextAsync(data.Settings, JsonSerializer.Serialize(new { ClickFuncs = settings }));
        await PinnedProcess.RunAsync(1, Words(
            places, "dotnet {local} catalog add --ad ad_bench --advertiser adv_bench --campaign cmp_bench --landing https://example.com/ --price 0.45 --data {data}"));
        var links = await FreshLinks.OpenAsync(data, TimeProvider.System, CancellationToken.None);
        var probeLinks = await FreshLinks.OpenAsync(data, TimeProvider.System, CancellationToken.None);
        var server = await BenchServer.StartAsync(0, Words(places, "dotnet {local} up --data {data} --port {port} --partitions 8"), places.Port);
        var host = new LoadedHost(places, server, links, probeLinks);
        // Behind a trusted proxy nobody is on this machine, not even this process: metrics are for those who sign in.
        host._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", (await PinnedProcess.RunAsync(1, Words(places, "dotnet {local} token --role operator --data {data}"))).Trim());
        return host;
    }

    /// <summary>Clicks at a rate; each click is a new one.</summary>
    public Task<LoadSummary> LoadAsync(int rate, double seconds, int connections) =>
        LoadAsync(new LoadOptions { Rate = rate, Duration = TimeSpan.FromSeconds(seconds), Connections = connections });

    /// <summary>Clicks as the options say, on this host; each click is a new one.</summary>
    public Task<LoadSummary> LoadAsync(LoadOptions options) =>
        new LoadGenerator(options with { Url = _server.Url }, _links, TimeProvider.System, NullLogger<LoadGenerator>.Instance).RunAsync(CancellationToken.None);

    /// <summary>Sum of a metric over its series; 0 when it has none.</summary>
    public async Task<double> MetricAsync(string name)
    {
        var text = await _http.GetStringAsync(new Uri(_server.Url, "/metrics"));
        return text.Split('\n')
            .Where(line => line.StartsWith(name + " ", StringComparison.Ordinal) || line.StartsWith(name + "{", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>How long clicks took inside the host since its start.</summary>
    public async Task<ServerTime> ServerTimeAsync() => ServerTime.Parse(await _http.GetStringAsync(new Uri(_server.Url, "/metrics")));

    /// <summary>Events on the log that queries do not show yet.</summary>
    public Task<double> LagAsync() => MetricAsync("clickfuncs_partition_lag");

    /// <summary>Waits until queries show everything that is on the log and in the spool.</summary>
    /// <exception cref="TimeoutException">They don't within two minutes.</exception>
    public async Task AwaitCountedAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (await MetricAsync("clickfuncs_spool_depth") > 0 || await LagAsync() > 0)
        {
            if (Stopwatch.GetElapsedTime(started) > SettleLimit)
                throw new TimeoutException($"The host does not catch up within {SettleLimit}.");
            await Task.Delay(Poll);
        }
    }

    /// <summary>Clicks of the bench's ad as the query API counts them; probes of the host are somebody else's.</summary>
    /// <returns>Each once, those that velocity rules judged invalid among them; and with repeats.</returns>
    public async Task<(long Unique, long Raw)> CountedAsync()
    {
        var answer = JsonElement.Parse(await PinnedProcess.RunAsync(
            1, Words(_places, "dotnet {local} query --advertiser adv_bench --from 2025-01-01 --to 2100-01-01 --granularity 1d --data {data}")));
        var totals = answer.GetProperty("totals").EnumerateArray().ToList();
        return (
            totals.Sum(sums => sums.GetProperty("clicks").GetInt64() + sums.GetProperty("invalid_clicks").GetInt64()),
            totals.Sum(sums => sums.GetProperty("raw_clicks").GetInt64()));
    }

    /// <summary>The header that says when to try again, of a click that is refused now; null when it is accepted.</summary>
    public async Task<string?> ProbeAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(_server.Url, NextProbe()));
        using var answer = await _http.SendAsync(request);
        return (int)answer.StatusCode == 503 ? answer.Headers.RetryAfter?.ToString() ?? "missing" : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _server.Dispose();
        _places.Dispose();
    }

    private string NextProbe()
    {
        var target = new byte[ILinkSource.MaxTargetBytes];
        lock (_probeGate)
        {
            _probeLinks.TryNext(target, out var length, new byte[Events.EventLimits.MaxIdBytes], out _);
            return System.Text.Encoding.ASCII.GetString(target, 0, length);
        }
    }

    private static List<string> Words(BenchPlaces places, string command) => [.. command.Split(' ').Select(word => places.FillIn(word, "ad_bench", 0))];
}
