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
    private readonly BenchPlaces _places;
    private readonly BenchServer _server;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly ILinkSource _links;

    private LoadedHost(BenchPlaces places, BenchServer server, ILinkSource links) => (_places, _server, _links) = (places, server, links);

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
        var server = await BenchServer.StartAsync(0, Words(places, "dotnet {local} up --data {data} --port {port} --partitions 8"), places.Port);
        var host = new LoadedHost(places, server, links);
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

    /// <summary>Events on the log that queries do not show yet.</summary>
    public Task<double> LagAsync() => MetricAsync("clickfuncs_partition_lag");

    /// <summary>The header that says when to try again, of a click that is refused now; null when it is accepted.</summary>
    public async Task<string?> ProbeAsync()
    {
        var target = new byte[ILinkSource.MaxTargetBytes];
        _links.TryNext(target, out var length, new byte[Events.EventLimits.MaxIdBytes], out _);
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(_server.Url, System.Text.Encoding.ASCII.GetString(target, 0, length)));
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler);
        using var answer = await client.SendAsync(request);
        return (int)answer.StatusCode == 503 ? answer.Headers.RetryAfter?.ToString() ?? "missing" : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _server.Dispose();
        _places.Dispose();
    }

    private static List<string> Words(BenchPlaces places, string command) => [.. command.Split(' ').Select(word => places.FillIn(word, "ad_bench", 0))];
}
