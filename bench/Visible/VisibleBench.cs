using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using ClickFuncs.Bench.Redirect;

namespace ClickFuncs.Bench.Visible;

/// <summary>
/// How long until a click shows in the query API, while others come in at a fixed rate? The real host on one core, load and probes on
/// the other. The time runs from the sending of the probe's request to the end of the first answer that counts it; the
/// probes are asked about all together, again and again, which is part of the load.
/// </summary>
internal static class VisibleBench
{
    /// <summary>Header in which a probe says who it is.</summary>
    public const string CountryHeader = "X-Bench-Country";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LastWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollPause = TimeSpan.FromMilliseconds(10);

    public static async Task<int> Run(string[] args)
    {
        var rate = new Option<int>("--rate") { Description = "Clicks per second beside the probes.", DefaultValueFactory = _ => 5_000 };
        var seconds = new Option<int>("--seconds") { Description = "Length of the measurement.", DefaultValueFactory = _ => 30 };
        var probes = new Option<int>("--probes") { Description = "Probes, each with one click under way.", DefaultValueFactory = _ => 32 };
        var command = new RootCommand("Measures click to visible under load.") { rate, seconds, probes };
        command.SetAction(async (parsed, _) => await MeasureAsync(parsed.GetValue(rate), parsed.GetValue(seconds), parsed.GetValue(probes)));
        return await command.Parse(args).InvokeAsync();
    }

    private static async Task<int> MeasureAsync(int rate, int seconds, int probes)
    {
        using var places = new BenchPlaces();
        Environment.SetEnvironmentVariable("ClickFuncs__Redirect__CountryHeader", CountryHeader);
        foreach (var ad in (string[])["bench", "probe"])
        {
            await VerbAsync(places, $"catalog add --ad ad_{ad} --advertiser adv_bench --campaign cmp_{ad} --landing https://example.com/ --price 0.45 --data {{data}}");
            await VerbAsync(places, $"link --ad ad_{ad} --count 100000 --out {{links}}.{ad} --data {{data}}");
        }

        var links = new Queue<string>(File.ReadLines(places.Links + ".probe").Select(line => new Uri(line.Split('\t')[0]).PathAndQuery));
        using var server = await BenchServer.StartAsync(0, Words(places, "dotnet {local} up --data {data} --port {port} --partitions 8"), places.Port);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", (await VerbAsync(places, "token --role operator --data {data}")).Trim());

        string[] load =
        [
            "dotnet", typeof(VisibleBench).Assembly.Location, "redirect-load", "--url", server.Url.ToString(), "--links", places.Links + ".bench",
            "--connections", "64", "--rate", Text(rate), "--seconds", Text(seconds),
        ];
        var before = server.ProcessorTime;
        var loading = PinnedProcess.RunAsync(1, load);
        var times = await ProbeAsync(http, links, [.. Enumerable.Range(0, probes).Select(number => new VisibleProbe(number))], loading);
        var result = LoadResult.Parse(await loading);
        return Report(result, times, (server.ProcessorTime - before).TotalSeconds / seconds);
    }

    private static async Task<List<TimeSpan>> ProbeAsync(HttpClient http, Queue<string> links, VisibleProbe[] probes, Task loading)
    {
        var start = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds();
        var question = new Uri(
            $"/api/v1/advertisers/analytics?advertiser_id=adv_bench&ad_id=ad_probe&group_by=country&granularity=1h&start_time={start}&end_time={start + (3 * 3600)}",
            UriKind.Relative);
        var times = new List<TimeSpan>();
        // The last clicks are waited for too: those that take longest must not fall out of the figures.
        long? ended = null;
        while (!loading.IsCompleted || probes.Any(probe => probe.IsWaiting))
        {
            if (!loading.IsCompleted)
            {
                foreach (var probe in probes)
                    await probe.ClickWhenDueAsync(http, links);
            }
            else if (Stopwatch.GetElapsedTime(ended ??= Stopwatch.GetTimestamp()) > LastWait)
                throw new TimeoutException($"A click did not become visible within {LastWait.TotalSeconds} s after the load.");

            var visible = Read(await http.GetStringAsync(question));
            foreach (var probe in probes)
            {
                if (probe.See(visible.GetValueOrDefault(probe.Country)) is { } time)
                    times.Add(time);
            }

            await Task.Delay(PollPause);
        }

        return times;
    }

    // A bench may run over the turn of an hour.
    private static Dictionary<string, int> Read(string answer) => JsonElement.Parse(answer).GetProperty("series").EnumerateArray()
        .GroupBy(point => point.GetProperty("country").GetString()!, point => point.GetProperty("clicks").GetInt32())
        .ToDictionary(country => country.Key, country => country.Sum());

    private static int Report(LoadResult load, List<TimeSpan> times, double cores)
    {
        if (times.Count == 0)
            throw new InvalidOperationException("No probe click became visible.");
        times.Sort();
        var p99 = times[(int)(times.Count * 0.99)];
        Print($"{load.RequestsPerSecond:F0} clicks/s, redirect p50 {load.P50} us, p99 {load.P99} us, failed {load.Failed}; server used {cores:F2} of its core");
        Print($"click to visible, {times.Count} probes: p50 {times[times.Count / 2].TotalMilliseconds:F0} ms, p90 {times[(int)(times.Count * 0.9)].TotalMilliseconds:F0} ms, p99 {p99.TotalMilliseconds:F0} ms, max {times[^1].TotalMilliseconds:F0} ms; limit {Limit.TotalMilliseconds:F0} ms: {(p99 <= Limit ? "kept" : "BROKEN")}");
        return p99 <= Limit && load.Failed == 0 ? 0 : 1;
    }

    private static Task<string> VerbAsync(BenchPlaces places, string verb) => PinnedProcess.RunAsync(1, Words(places, "dotnet {local} " + verb));

    private static List<string> Words(BenchPlaces places, string command) =>
        [.. command.Split(' ').Select(word => places.FillIn(word, "ad_bench", 0))];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
