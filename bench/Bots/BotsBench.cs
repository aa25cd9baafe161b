using System.Diagnostics;
using System.Globalization;
using System.Text;
using ClickFuncs.Testing.Verdicts;
using ClickFuncs.Verdicts.Bots;

namespace ClickFuncs.Bench.Bots;

/// <summary>
/// What it costs to tell a bot: building the matcher, and each match for browsers, for bots and for what a stranger may make
/// up. Times are processor time, so that neighbours on the machine count less.
/// Arguments: matches per round (default 1,000,000), rounds (default 5).
/// </summary>
internal static class BotsBench
{
    public static void Run(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        var bots = Build("cold");
        for (var round = 1; round < rounds; round++)
            Build("again");
        Console.WriteLine($"{bots.PatternCount} patterns");
        for (var round = 0; round < rounds; round++)
        {
            Measure("browsers", bots, BrowserUserAgents.All, count);
            Measure("bots", bots, BotList.Instances, count);
            Measure("hostile, 1 KB", bots, HostileUserAgents.All, count / 20);
        }
    }

    private static KnownBots Build(string name)
    {
        var clock = Stopwatch.GetTimestamp();
        var before = Environment.CpuUsage.TotalTime;
        var bots = KnownBots.Load();
        var used = Environment.CpuUsage.TotalTime - before;
        Console.WriteLine($"build, {name,-8} {used.TotalMilliseconds,8:F1} ms ({Stopwatch.GetElapsedTime(clock).TotalMilliseconds:F1} ms on the clock)");
        return bots;
    }

    private static void Measure(string name, KnownBots bots, IReadOnlyList<string> userAgents, int count)
    {
        var encoded = userAgents.Select(Encoding.UTF8.GetBytes).ToArray();
        Match(bots, encoded, encoded.Length);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var before = Environment.CpuUsage.TotalTime;
        var matches = Match(bots, encoded, count);
        var used = Environment.CpuUsage.TotalTime - before;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Console.WriteLine(
            $"{name,-14} {used.TotalNanoseconds / count,8:F0} ns/match  {allocated / (double)count,6:F2} B/match  {100.0 * matches / count,5:F1} % matched  {encoded.Average(one => one.Length),6:F0} bytes");
    }

    private static int Match(KnownBots bots, byte[][] userAgents, int count)
    {
        var matches = 0;
        for (int i = 0, at = 0; i < count; i++, at = at + 1 == userAgents.Length ? 0 : at + 1)
            matches += bots.IsMatch(userAgents[at]) ? 1 : 0;
        return matches;
    }
}
