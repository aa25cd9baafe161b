using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace ClickFuncs.Bench.Overload;

/// <summary>
/// Is the host after half an hour what it was after a minute? The real host on one core under a steady load of clicks, each a new one, with figures
/// per interval. At the end every click that was accepted must be counted, once. The dedup horizon is short, so that ids expire as fast as they come and memory has no reason to grow.
/// </summary>
internal static class SoakBench
{
    private const double MaxGrowth = 1.15;

    public static async Task<int> Run(string[] args)
    {
        var rate = new Option<int>("--rate") { Description = "Clicks per second.", DefaultValueFactory = _ => 5_000 };
        var minutes = new Option<double>("--minutes") { Description = "How long.", DefaultValueFactory = _ => 30 };
        var interval = new Option<int>("--interval") { Description = "Seconds of one row.", DefaultValueFactory = _ => 30 };
        var horizon = new Option<int>("--horizon") { Description = "Dedup horizon in minutes; memory is flat once it has passed.", DefaultValueFactory = _ => 5 };
        var connections = new Option<int>("--connections") { DefaultValueFactory = _ => 128 };
        var command = new RootCommand("Measures memory, latency and lag over a long time.") { rate, minutes, interval, horizon, connections };
        command.SetAction(async (parsed, _) => await MeasureAsync(
            parsed.GetValue(rate), TimeSpan.FromMinutes(parsed.GetValue(minutes)), parsed.GetValue(interval), parsed.GetValue(horizon), parsed.GetValue(connections)));
        return await command.Parse(args).InvokeAsync();
    }

    private static async Task<int> MeasureAsync(int rate, TimeSpan length, int interval, int horizon, int connections)
    {
        var (lives, memory) = (TimeSpan.FromMinutes(horizon), new List<(TimeSpan At, double MiB)>());
        using var host = await LoadedHost.StartAsync(
            new { Processor = new { DedupHorizon = lives }, Links = new { Lifetime = lives, ClockSkew = TimeSpan.FromSeconds(10) } });
        Print($"{"minute",6} {"accepted/s",10} {"p50 ms",8} {"p99 ms",8} {"refused",8} {"errors",7} {"cores",6} {"MiB",6} {"lag",8} {"spooled",8}");
        var (started, failed, accepted, lag) = (Stopwatch.GetTimestamp(), 0L, 0L, 0.0);
        while (Stopwatch.GetElapsedTime(started) < length)
        {
            var used = host.ProcessorTime;
            var result = await host.LoadAsync(rate, interval, connections);
            lag = await host.LagAsync();
            memory.Add((Stopwatch.GetElapsedTime(started), host.MemoryMiB));
            accepted += result.Acknowledged;
            failed += result.Sent - result.Acknowledged;
            Print($"{Stopwatch.GetElapsedTime(started).TotalMinutes,6:F1} {result.Acknowledged / result.Elapsed.TotalSeconds,10:F0} {result.P50 / 1000.0,8:F1} {result.P99 / 1000.0,8:F1} {result.Answered[5],8} {result.Errors,7} {(host.ProcessorTime - used).TotalSeconds / result.Elapsed.TotalSeconds,6:F2} {host.MemoryMiB,6:F0} {lag,8:F0} {await host.MetricAsync("clickfuncs_spool_spooled_total"),8:F0}");
        }

        var isExact = await CompareAsync(host, accepted, failed);
        return Judge(memory, lives, failed, lag, rate) is 0 && isExact ? 0 : 1;
    }

    // A click whose answer was lost may be counted or not; each that was answered must be.
    private static async Task<bool> CompareAsync(LoadedHost host, long accepted, long failed)
    {
        await host.AwaitCountedAsync();
        var (unique, raw) = await host.CountedAsync();
        var (lost, doubled) = (Math.Max(0, accepted - unique), raw - unique);
        Print($"{accepted} clicks accepted, {unique} counted ({failed} were not accepted): {lost} lost, {doubled} doubled");
        return lost == 0 && doubled == 0 && unique <= accepted + failed;
    }

    // Flat: the largest of the second half of what is left after the horizon is not much above the largest of the first.
    private static int Judge(List<(TimeSpan At, double MiB)> memory, TimeSpan horizon, long failed, double lag, int rate)
    {
        var steady = memory.Where(sample => sample.At > horizon).Select(sample => sample.MiB).ToList();
        if (steady.Count < 4)
        {
            Print($"{failed} clicks not accepted, lag {lag:F0}; too short to judge memory: run for more than twice the horizon");
            return failed == 0 ? 0 : 1;
        }

        var (first, second) = (steady.Take(steady.Count / 2).Max(), steady.Skip(steady.Count / 2).Max());
        var isFlat = second <= first * MaxGrowth;
        Print($"{failed} clicks not accepted, lag {lag:F0}; memory at most {first:F0} MiB in the first half after the horizon, {second:F0} MiB in the second: {(isFlat ? "flat" : "GROWING")}");
        return isFlat && failed == 0 && lag <= 5 * rate ? 0 : 1;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
