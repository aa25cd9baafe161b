using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ClickFuncs.Local.State;
using ClickFuncs.Processing;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Bench.Recovery;

/// <summary>
/// How long is a partition's counting away after SIGKILL? A process counts until 10 million ids and a million open rows are in its state and is
/// killed in the middle of it; another one takes over. The time runs from the start of that process to the first batch that every partition has
/// committed. State store, processor and workers are the real ones; the log makes up what is read, and rows go nowhere.
/// </summary>
internal static class RecoveryBench
{
    private const int Partitions = 8;
    private const string Ready = "ready";

    // The ids fall into 15 minutes: all their windows are still open.
    private static readonly ProcessorOptions Options = new() { AllowedLateness = TimeSpan.FromMinutes(20) };

    public static async Task<int> Run(string[] args)
    {
        var ids = new Option<long>("--ids") { Description = "Ids in the dedup sets.", DefaultValueFactory = _ => 10_000_000 };
        var ads = new Option<int>("--ads") { Description = "Number of ads; each is clicked from 15 devices and countries in every partition and minute.", DefaultValueFactory = _ => 560 };
        var rounds = new Option<int>("--rounds") { Description = "Times to kill and start again.", DefaultValueFactory = _ => 3 };
        var data = new Option<string?>("--data") { Description = "Folder of the state; a temporary one if not given." };
        var child = new Option<string?>("--child") { Description = "What the bench starts itself for.", Hidden = true };
        var command = new RootCommand("Measures how long counting is away after SIGKILL.") { ids, ads, rounds, data, child };
        command.SetAction(async (parsed, _) =>
        {
            var plan = new Plan(parsed.GetValue(ids), parsed.GetValue(ads));
            if (parsed.GetValue(child) is { } role)
                return await ChildAsync(plan, parsed.GetValue(data)!, role);
            return await MeasureAsync(plan, parsed.GetValue(data), parsed.GetValue(rounds));
        });
        return await command.Parse(args).InvokeAsync();
    }

    private static async Task<int> MeasureAsync(Plan plan, string? data, int rounds)
    {
        var folder = data ?? Directory.CreateTempSubdirectory("clickfuncs-recovery-").FullName;
        try
        {
            Console.WriteLine($"filling state: {plan.Ids:N0} ids, {plan.Ads * 15:N0} keys, {Partitions} partitions");
            await RunUntilReadyAsync(plan, folder, "fill");
            for (var round = 1; round <= rounds; round++)
            {
                var (wall, processor) = await RunUntilReadyAsync(plan, folder, "resume");
                Console.WriteLine($"round {round}: every partition processing after {wall.TotalSeconds:F2} s, {processor.TotalSeconds:F2} s of processor time");
            }

            await RunUntilReadyAsync(plan, folder, "size");
            Console.WriteLine($"state on disk: {new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length):N0} bytes");
            return 0;
        }
        finally
        {
            if (data is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Starts the process, waits until it says that it is ready, and kills it with SIGKILL in the middle of its work.</summary>
    private static async Task<(TimeSpan Wall, TimeSpan Processor)> RunUntilReadyAsync(Plan plan, string folder, string role)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        string[] words =
        [
            typeof(RecoveryBench).Assembly.Location, "recovery", "--child", role, "--data", folder,
            "--ids", plan.Ids.ToString(CultureInfo.InvariantCulture), "--ads", plan.Ads.ToString(CultureInfo.InvariantCulture),
        ];
        foreach (var word in words)
            start.ArgumentList.Add(word);
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == Ready)
            {
                var took = (watch.Elapsed, process.TotalProcessorTime);
                process.Kill();
                await process.WaitForExitAsync();
                return took;
            }

            Console.WriteLine($"  {line}");
        }

        throw new InvalidOperationException($"The process for '{role}' ended by itself with {process.ExitCode}.");
    }

    private static async Task<int> ChildAsync(Plan plan, string folder, string role)
    {
        await using var state = new SqlitePartitionStateStore(
            new SqliteStateOptions { Directory = folder }, NullLogger<SqlitePartitionStateStore>.Instance);
        if (role == "size")
            await PrintSizeAsync(state);
        else
            await CountAsync(plan, state, role == "fill" ? plan.Ids / Partitions : 0);
        return 0;
    }

    private static async Task CountAsync(Plan plan, SqlitePartitionStateStore state, long until)
    {
        var stream = new StreamOptions();
        var log = new EndlessLog(Partitions, plan.Ads, plan.EventsPerSecond);
        var owner = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        var workers = Enumerable.Range(0, Partitions).Select(partition => new PartitionWorker(
            partition, owner, log, state, new NowhereRows(), Options, stream, TimeProvider.System, NullLogger<PartitionWorker>.Instance)).ToList();
        var running = Task.WhenAll(workers.Select(worker => Task.Run(() => worker.RunAsync(CancellationToken.None))));
        var opened = new long[Partitions];
        Array.Fill(opened, -1);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (true)
        {
            await poll.WaitForNextTickAsync();
            if (workers.FirstOrDefault(worker => worker.Failure is not null) is { } failed)
                throw new InvalidOperationException("Counting failed.", failed.Failure);
            for (var i = 0; i < Partitions; i++)
                opened[i] = opened[i] < 0 ? workers[i].Status.Position : opened[i];
            if (Enumerable.Range(0, Partitions).All(i => workers[i].Status.Position >= until && opened[i] >= 0 && workers[i].Status.Position > opened[i]))
                break;
        }

        Console.WriteLine(Ready);
        // Until the kill.
        await running;
    }

    private static async Task PrintSizeAsync(SqlitePartitionStateStore state)
    {
        var (ids, rows) = (0L, 0L);
        var (reading, rebuilding) = (new Stopwatch(), new Stopwatch());
        for (var partition = 0; partition < Partitions; partition++)
        {
            var lease = await state.AcquireAsync(partition, "size", CancellationToken.None);
            reading.Start();
            var recovery = await state.RecoverAsync(lease, CancellationToken.None);
            reading.Stop();
            rebuilding.Start();
            var size = PartitionProcessor.Restore(recovery, Options, new CommitUnit()).Size;
            rebuilding.Stop();
            (ids, rows) = (ids + size.Ids, rows + size.Rows);
        }

        Console.WriteLine($"state: {ids:N0} ids remembered, {rows:N0} rows open; one after the other, reading takes {reading.Elapsed.TotalSeconds:F2} s and rebuilding {rebuilding.Elapsed.TotalSeconds:F2} s");
        Console.WriteLine(Ready);
        await Console.In.ReadToEndAsync();
    }

    /// <summary>How large the state is to be.</summary>
    private sealed record Plan(long Ids, int Ads)
    {
        /// <summary>So that they fall into 15 minutes.</summary>
        public int EventsPerSecond => (int)Math.Max(1, Ids / Partitions / 900);
    }
}
