using System.Diagnostics;
using System.Globalization;
using System.Text;
using ClickFuncs.Testing.Verdicts;
using ClickFuncs.Verdicts;
using ClickFuncs.Verdicts.Bots;

namespace ClickFuncs.Bench.Bots;

/// <summary>
/// What it costs to tell a bot: building the matcher, each match for browsers, for bots and for what a stranger may make up, and
/// the whole judgement with 10,000 networks of data centres. Times are processor time, so that neighbours on the machine count less.
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
        var judge = new TrafficJudge(new VerdictOptions { DataCenterRanges = Networks() }, bots);
        var ip = "203.0.113.7"u8.ToArray();
        Console.WriteLine($"{bots.PatternCount} patterns, {judge.DataCenterRangeCount} ranges");
        for (var round = 0; round < rounds; round++)
        {
            Measure("browsers", one => bots.IsMatch(one), BrowserUserAgents.All, count);
            Measure("bots", one => bots.IsMatch(one), BotList.Instances, count);
            Measure("hostile, 1 KB", one => bots.IsMatch(one), HostileUserAgents.All, count / 20);
            Measure("browsers, judged", one => judge.JudgeRequest(one, ip).Tier == VerdictTier.Invalid, BrowserUserAgents.All, count);
            Measure("hostile, judged", one => judge.JudgeRequest(one, ip).Tier == VerdictTier.Invalid, HostileUserAgents.All, count / 20);
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

    // Every other /24, so that none joins its neighbour.
    private static string[] Networks() => [.. Enumerable.Range(0, 10_000).Select(n => $"{10 + (n >> 15)}.{n >> 7 & 255}.{n << 1 & 255}.0/24")];

    private static void Measure(string name, Func<byte[], bool> match, IReadOnlyList<string> userAgents, int count)
    {
        var encoded = userAgents.Select(Encoding.UTF8.GetBytes).ToArray();
        Match(match, encoded, encoded.Length);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var before = Environment.CpuUsage.TotalTime;
        var matches = Match(match, encoded, count);
        var used = Environment.CpuUsage.TotalTime - before;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Console.WriteLine(
            $"{name,-17} {used.TotalNanoseconds / count,8:F0} ns/match  {allocated / (double)count,6:F2} B/match  {100.0 * matches / count,5:F1} % matched  {encoded.Average(one => one.Length),6:F0} bytes");
    }

    private static int Match(Func<byte[], bool> match, byte[][] userAgents, int count)
    {
        var matches = 0;
        for (int i = 0, at = 0; i < count; i++, at = at + 1 == userAgents.Length ? 0 : at + 1)
            matches += match(userAgents[at]) ? 1 : 0;
        return matches;
    }
}
