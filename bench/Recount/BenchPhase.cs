using System.Diagnostics;
using System.Globalization;

namespace ClickFuncs.Bench.Recount;

/// <summary>Measures one phase: wall clock, processor time of the whole process, and the peak of its memory since the phase began.</summary>
internal static class BenchPhase
{
    private const string ClearRefs = "/proc/self/clear_refs";
    private const string ResetPeak = "5";

    internal static async Task<double> MeasureAsync(string what, long rows, Func<Task> run)
    {
        GC.Collect();
        if (File.Exists(ClearRefs))
            await File.WriteAllTextAsync(ClearRefs, ResetPeak);
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        await run();
        var wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        var used = (process.TotalProcessorTime - processor).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-46} {wall,8:F2} s {used,8:F2} s of a core {rows / used / 1e6,7:F2} M rows/s per core, peak {PeakMiB(),6:F0} MiB"));
        return used;
    }

    private static double PeakMiB()
    {
        if (!File.Exists("/proc/self/status"))
            return Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0;
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }
}
