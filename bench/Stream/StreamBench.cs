using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ClickFuncs.Bench.Processor;
using ClickFuncs.Events;
using ClickFuncs.Local;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Bench.Stream;

/// <summary>
/// From the log to published rows, with everything the host has in between: a log is filled, then all partitions read, count, commit and publish until
/// every event can be queried. What an outage leaves behind is caught up with at this speed.
/// </summary>
internal static class StreamBench
{
    private const int Partitions = 8;
    private const int GroupBytes = 8 << 20;

    public static async Task<int> Run(string[] args)
    {
        var events = new Option<long>("--events") { Description = "Events on the log.", DefaultValueFactory = _ => 5_000_000 };
        var ads = new Option<int>("--ads") { Description = "Number of ads, each clicked from 15 devices and countries.", DefaultValueFactory = _ => 100 };
        var rounds = new Option<int>("--rounds") { Description = "How often to do it; the first is the compiler's.", DefaultValueFactory = _ => 4 };
        var command = new RootCommand("Measures how fast a log is counted and published.") { events, ads, rounds };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            for (var round = 0; round < parsed.GetValue(rounds); round++)
                await MeasureAsync(parsed.GetValue(events), parsed.GetValue(ads), cancellationToken);
        });
        return await command.Parse(args).InvokeAsync();
    }

    private static async Task MeasureAsync(long events, int ads, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("clickfuncs-stream-");
        try
        {
            // As an import has it: nobody watches a dashboard meanwhile.
            var options = new LocalOptions();
            options = options with { Stream = options.Stream with { PublishInterval = TimeSpan.FromMilliseconds(50) } };
            await using var node = await LocalNode.OpenAsync(
                new DataDirectory(folder.FullName), options, Partitions, TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
            await FillAsync(node, new SyntheticEvents(ads), events, cancellationToken);
            var processor = Environment.CpuUsage.TotalTime;
            var started = Stopwatch.GetTimestamp();
            node.Start();
            await node.WaitUntilCountedAsync(cancellationToken);
            var took = Stopwatch.GetElapsedTime(started);
            processor = Environment.CpuUsage.TotalTime - processor;
            var counted = node.SumCounters();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{counted.Read:N0} events read, {counted.Accepted:N0} counted, {counted.Duplicates:N0} duplicates: {took.TotalSeconds:F2} s, {counted.Read / took.TotalSeconds:N0} events/s; {processor.TotalMicroseconds / counted.Read:F2} us of processor each"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task FillAsync(LocalNode node, SyntheticEvents source, long events, CancellationToken cancellationToken)
    {
        var batch = new RecordBatch();
        var group = node.Log.CreateGroup();
        var sequence = 0L;
        while (sequence < events)
        {
            source.Fill(batch, ref sequence, (int)Math.Min(20_000, events - sequence));
            for (var i = 0; i < batch.Count; i++)
            {
                EventDecoder.Decode(batch.GetRecord(i), out var view);
                group.Add(Fingerprint.Of(view.Type, view.ClickId), batch.GetRecord(i));
            }

            if (group.ByteCount >= GroupBytes || sequence == events)
                await node.Log.AppendGroupAsync(group, cancellationToken);
        }
    }
}
