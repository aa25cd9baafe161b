using ClickFuncs.Bench.Overload;
using ClickFuncs.Bench.Redirect;
using ClickFuncs.Local.Load;
using ClickFuncs.Velocity;

namespace ClickFuncs.Bench.Velocity;

/// <summary>
/// A running host behind a trusted proxy: the same rate of clicks, first of a few thousand visitors, then each of a visitor nobody has seen before, then
/// of the few again. Redirects and velocity rules share the host's process and its core.
/// </summary>
internal static class HostFlood
{
    private const int Connections = 64;
    private const int Regulars = 5_000;
    private const uint FirstStranger = 12u << 24;
    private static readonly string[] Neighbours = ["127.0.0.1/32"];

    public static async Task<bool> RunAsync(VelocityOptions options, int rate, int seconds)
    {
        using var host = await LoadedHost.StartAsync(new
        {
            Redirect = new { ForwardedForHeader = "X-Forwarded-For", TrustedProxies = Neighbours },
            Velocity = new { options.MemoryBytes },
        });
        await host.LoadAsync(Of(rate, 5) with { Visitors = Regulars });
        var before = await ReportAsync(host, "ordinary visitors", host.LoadAsync(Of(rate, Math.Min(30, seconds)) with { Visitors = Regulars }));
        var (used, earlier) = (host.ProcessorTime, await host.ServerTimeAsync());
        var flooding = host.LoadAsync(Of(rate, seconds) with { Visitors = int.MaxValue, FirstVisitor = FirstStranger });
        var peak = 0.0;
        while (!flooding.IsCompleted)
        {
            peak = Math.Max(peak, await host.MetricAsync("clickfuncs_velocity_memory_bytes"));
            await Task.WhenAny(flooding, Task.Delay(TimeSpan.FromSeconds(1)));
        }

        var flood = await ReportAsync(host, "flood of strangers", flooding, used, earlier);
        peak = Math.Max(peak, await host.MetricAsync("clickfuncs_velocity_memory_bytes"));
        await ReportAsync(host, "ordinary visitors again", host.LoadAsync(Of(rate, Math.Min(30, seconds)) with { Visitors = Regulars }));
        var isKept = peak <= options.MemoryBytes && peak > 0;
        FloodBench.Print($"  counting took at most {FloodBench.MiB(peak)} of {FloodBench.MiB(options.MemoryBytes)}: {(isKept ? "kept" : "BROKEN")}; signals {await host.MetricAsync("clickfuncs_velocity_signals_total"):F0}, without a place {await host.MetricAsync("clickfuncs_velocity_uncounted_total"):F0}, flags {await host.MetricAsync("clickfuncs_velocity_flags_total"):F0}");
        FloodBench.Print($"  {flood.Acknowledged} strangers; p99 {flood.P99 / 1000.0:F1} ms in the flood to {before.P99 / 1000.0:F1} ms before it");
        return isKept && flood.Errors == 0 && await host.MetricAsync("clickfuncs_velocity_flags_total") == 0;
    }

    private static LoadOptions Of(int rate, int seconds) => new() { Rate = rate, Duration = TimeSpan.FromSeconds(seconds), Connections = Connections };

    private static async Task<LoadSummary> ReportAsync(LoadedHost host, string name, Task<LoadSummary> load, TimeSpan? since = null, ServerTime? before = null)
    {
        var (used, earlier) = (since ?? host.ProcessorTime, before ?? await host.ServerTimeAsync());
        var result = await load;
        FloodBench.Print($"host, {name}: {result.RequestsPerSecond:F0}/s accepted, p50 {result.P50 / 1000.0:F1} ms, p99 {result.P99 / 1000.0:F1} ms, {result.Errors} errors; {(host.ProcessorTime - used).TotalSeconds / result.Elapsed.TotalSeconds:F2} cores, {host.MemoryMiB:F0} MiB");
        FloodBench.Print($"  {await host.ServerTimeAsync() - earlier}");
        return result;
    }
}
