using System.Diagnostics;
using System.Globalization;
using ClickFuncs.Events;
using ClickFuncs.Events.Ndjson;

namespace ClickFuncs.Bench.Ndjson;

/// <summary>
/// How many lines per second one core turns from JSON into encoded events, as <c>ingest</c> does, and what that allocates.
/// Arguments: number of lines (default 1,000,000), rounds (default 5).
/// </summary>
internal static class NdjsonBench
{
    private const int DistinctLines = 4096;

    public static void Run(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        using var file = MakeFile(count);
        Console.WriteLine($"{count} lines of {file.Length / (double)count:F0} bytes");
        for (var round = 0; round < rounds; round++)
        {
            Measure("lines", count, file, SplitOnly);
            Measure("lines + parse", count, file, Parse);
            Measure("lines + parse + encode", count, file, ParseAndEncode);
        }
    }

    private static void Measure(string name, int count, MemoryStream file, Func<NdjsonLineReader, long> work)
    {
        file.Position = 0;
        using var reader = new NdjsonLineReader(file);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        var done = work(reader);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (done != count)
            throw new InvalidOperationException($"{done} of {count} lines were read.");
        Console.WriteLine($"{name,-32} {count / seconds,12:N0} lines/s  {seconds * 1e9 / count,6:F0} ns/line  {allocated / (double)count:F3} B/line");
    }

    private static long SplitOnly(NdjsonLineReader reader)
    {
        var done = 0L;
        while (Fill(reader))
        {
            while (reader.TryRead(out _))
                done++;
        }

        return done;
    }

    private static long Parse(NdjsonLineReader reader)
    {
        var parser = new NdjsonEventParser();
        var done = 0L;
        while (Fill(reader))
        {
            while (reader.TryRead(out var line))
                done += parser.TryParse(line.Bytes, out _, out _) ? 1 : 0;
        }

        return done;
    }

    private static long ParseAndEncode(NdjsonLineReader reader)
    {
        var parser = new NdjsonEventParser();
        var target = new byte[EventLimits.MaxEventBytes];
        var done = 0L;
        while (Fill(reader))
        {
            while (reader.TryRead(out var line))
            {
                if (parser.TryParse(line.Bytes, out var view, out _) && EventEncoder.Encode(view, target) > 0)
                    done++;
            }
        }

        return done;
    }

    // Memory streams complete at once.
    private static bool Fill(NdjsonLineReader reader) => reader.FillAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();

    private static MemoryStream MakeFile(int count)
    {
        var distinct = Enumerable.Range(0, DistinctLines).Select(Line).ToArray();
        var file = new MemoryStream(count * 400);
        for (var i = 0; i < count; i++)
            file.Write(distinct[i % DistinctLines]);
        return file;
    }

    // The example of the contract with other ids, times and devices, about 380 bytes.
    private static byte[] Line(int n) => System.Text.Encoding.UTF8.GetBytes(
        $$"""{"type":"click","click_id":"clk_{{n:D12}}","ad_id":"ad_{{n % 997:x8}}","campaign_id":"cmp_{{n % 97:x8}}","advertiser_id":"adv_{{n % 31:x8}}","ad_group_id":"grp_{{n % 7}}","creative_id":"cr_{{n % 5}}","user_id":"usr_{{n * 7919:x8}}","cost_micros":{{n * 37}},"currency":"USD","ip":"203.0.113.{{n % 256}}","user_agent":"Mozilla/5.0 ...","event_time":"2026-07-01T12:{{n % 60:D2}}:00.{{n % 1000:D3}}Z","referrer":"https://example.org/","device":"{{(n % 3 == 0 ? "mobile" : "desktop")}}","country":"NO"}""" + "\n");
}
