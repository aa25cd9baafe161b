using System.Diagnostics;
using System.Globalization;
using ClickFuncs.Local.Storage;

namespace ClickFuncs.Bench.Redirect;

/// <summary>
/// What the disk does with nobody else on it: small writes over space that a file has already, each synced, as a log does. Shared disks stop for
/// some hundred milliseconds now and then, and whoever waits for a click then waits so long: this tells the disk's part.
/// </summary>
internal static class DiskAlone
{
    private const int WriteBytes = 4096;
    private const int FileBytes = 8 << 20;
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    /// <summary>Writes and syncs for a while in a folder.</summary>
    /// <returns>A line to print.</returns>
    public static string Measure(string directory, TimeSpan length)
    {
        var path = Path.Combine(directory, "disk-alone");
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, options: FileOptions.DeleteOnClose);
        RandomAccess.Write(file, new byte[FileBytes], 0);
        RandomAccess.FlushToDisk(file);
        var bytes = new byte[WriteBytes];
        var took = new List<TimeSpan>();
        var all = Stopwatch.StartNew();
        while (all.Elapsed < length)
        {
            var started = Stopwatch.GetTimestamp();
            RandomAccess.Write(file, bytes, took.Count * (long)WriteBytes % FileBytes);
            DataSync.Flush(file);
            took.Add(Stopwatch.GetElapsedTime(started));
            Thread.Sleep(Pause);
        }

        took.Sort();
        var slow = took.Where(time => time > Slow).ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"disk alone, 4 KiB written and synced {took.Count} times: p50 {took[took.Count / 2].TotalMicroseconds:F0} us  p99 {took[took.Count * 99 / 100].TotalMicroseconds:F0} us  max {took[^1].TotalMicroseconds:F0} us, {slow.Sum(time => time.TotalSeconds) * 100 / all.Elapsed.TotalSeconds:F1} % of the time in syncs of more than 10 ms");
    }
}
