using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ClickFuncs.Local.Load;

namespace ClickFuncs.Bench.Overload;

/// <summary>
/// What happens at several times the rated load? The real host on one core, the load on the other: first the rated load, then the overload over so many
/// connections that the server's limit of clicks in flight is what stops them, then the rated load again in slices, to see when the host is itself
/// again, and how long counting takes to catch up.
/// </summary>
internal static class OverloadBench
{
    private const int RatedConnections = 64;
    private const int Slices = 20;
    private const int Probes = 32;

    public static async Task<int> Run(string[] args)
    {
        var rate = new Option<int>("--rate") { Description = "The rated load, in clicks per second.", DefaultValueFactory = _ => 5_000 };
        var times = new Option<int>("--times") { Description = "How many times that.", DefaultValueFactory = _ => 5 };
        var seconds = new Option<int>("--seconds") { Description = "Length of the overload.", DefaultValueFactory = _ => 20 };
        var connections = new Option<int>("--connections") { Description = "Connections of the overload: users who don't wait for each other.", DefaultValueFactory = _ => 8_000 };
        var limit = new Option<int>("--max-in-flight") { Description = "Redirect:MaxInFlight of the host.", DefaultValueFactory = _ => 4096 };
        var delay = new Option<double>("--max-queue-delay") { Description = "Redirect:MaxQueueDelay of the host, in seconds.", DefaultValueFactory = _ => 2 };
        var command = new RootCommand("Measures shedding and recovery.") { rate, times, seconds, connections, limit, delay };
        command.SetAction(async (parsed, _) => await MeasureAsync(
            parsed.GetValue(rate), parsed.GetValue(times), parsed.GetValue(seconds), parsed.GetValue(connections),
            new { MaxInFlight = parsed.GetValue(limit), MaxQueueDelay = TimeSpan.FromSeconds(parsed.GetValue(delay)) }));
        return await command.Parse(args).InvokeAsync();
    }

    private static async Task<int> MeasureAsync(int rate, int times, int seconds, int connections, object redirect)
    {
        using var host = await LoadedHost.StartAsync(new { Redirect = redirect });
        await host.LoadAsync(rate, 5, RatedConnections);
        var before = await ReportAsync(host, "rated", host.LoadAsync(rate, 10, RatedConnections));
        var (probe, retryAfter) = (ProbeAsync(host, seconds), (string?)null);
        var over = await ReportAsync(host, FormattableString.Invariant($"{times} times that"), host.LoadAsync(rate * times, seconds, connections));
        var ended = Stopwatch.GetTimestamp();
        var (recovered, caughtUp) = ((TimeSpan?)null, (TimeSpan?)null);
        for (var slice = 1; slice <= Slices && (recovered is null || caughtUp is null); slice++)
        {
            var after = await host.LoadAsync(rate, 1, RatedConnections);
            if (recovered is null && after.Answered[5] == 0 && after.P99 <= Math.Max(2 * before.P99, 50_000))
                recovered = Stopwatch.GetElapsedTime(ended);
            if (caughtUp is null && await host.LagAsync() <= 2 * rate)
                caughtUp = Stopwatch.GetElapsedTime(ended);
        }

        retryAfter = await probe;
        Print($"after the overload: no refusals and p99 at most twice the rated one within {Seconds(recovered)}; counting within 2 s of traffic after {Seconds(caughtUp)}; Retry-After of a refusal: {retryAfter ?? "none was seen"}");
        var isGood = recovered is not null && caughtUp is not null && (retryAfter is null or "1") && over.Errors == 0;
        return isGood ? 0 : 1;
    }

    // Some more users, who look at what a refusal says; many, because few clicks may be refused.
    private static async Task<string?> ProbeAsync(LoadedHost host, int seconds) =>
        (await Task.WhenAll(Enumerable.Range(0, Probes).Select(_ => ProbeOneAsync(host, seconds)))).FirstOrDefault(found => found is not null);

    private static async Task<string?> ProbeOneAsync(LoadedHost host, int seconds)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
        {
            if (await host.ProbeAsync() is { } retryAfter)
                return retryAfter;
            await Task.Delay(10);
        }

        return null;
    }

    private static async Task<LoadSummary> ReportAsync(LoadedHost host, string name, Task<LoadSummary> load)
    {
        var used = host.ProcessorTime;
        var result = await load;
        Print($"{name}: {result.RequestsPerSecond:F0} answers/s, {result.Acknowledged / result.Elapsed.TotalSeconds:F0}/s accepted (p50 {Ms(result.AcceptedP50)}, p99 {Ms(result.AcceptedP99)}), {100.0 * result.Answered[5] / Math.Max(1, result.Answered.Sum()):F1} % refused (p50 {Ms(result.RefusedP50)}, p99 {Ms(result.RefusedP99)}), {result.Errors} errors, {result.Unsent} unsent; host {(host.ProcessorTime - used).TotalSeconds / result.Elapsed.TotalSeconds:F2} cores, {host.MemoryMiB:F0} MiB, lag {await host.LagAsync():F0}, spooled so far {await host.MetricAsync("clickfuncs_spool_spooled_total"):F0}");
        return result;
    }

    private static string Ms(long micros) => (micros / 1000.0).ToString("F1", CultureInfo.InvariantCulture) + " ms";

    private static string Seconds(TimeSpan? time) => time is { } known ? known.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture) + " s" : "(never)";

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
