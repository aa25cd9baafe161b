using System.Globalization;
using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Bench.Processor;
using ClickFuncs.Lake;
using ClickFuncs.Local.Lake;
using ClickFuncs.Velocity;
using ClickFuncs.Verdicts;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Bench.Recount;

/// <summary>
/// The nightly way of a day: Avro in, Parquet, velocity rules over the whole day, recount out, beside plain DuckDB SQL over the same Parquet with the
/// same threads and memory. The recount that is compared judges every click again by the default rules.
/// Arguments: clicks (default 10,000,000), memory limit in MiB (1,024), threads (1), most rows counted at once (4,000,000), rounds (3).
/// </summary>
internal static class RecountBench
{
    private const int Partitions = 8;
    private static readonly DateOnly Day = new(2026, 7, 1);

    internal static async Task Run(string[] args)
    {
        var clicks = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 10_000_000;
        var folder = Directory.CreateTempSubdirectory("clickfuncs-bench-").FullName;
        var options = new RecountOptions { Scratch = new ScratchOptions { Folder = Path.Combine(folder, "scratch") } };
        if (args.Length > 1)
            options = options with { Scratch = options.Scratch with { MemoryLimitMiB = int.Parse(args[1], CultureInfo.InvariantCulture) } };
        if (args.Length > 2)
            options = options with { Scratch = options.Scratch with { Threads = int.Parse(args[2], CultureInfo.InvariantCulture) } };
        if (args.Length > 3)
            options = options with { MaxRowsPerUnit = long.Parse(args[3], CultureInfo.InvariantCulture) };
        Console.WriteLine(
            $"{clicks:N0} clicks, memory limit {options.Scratch.MemoryLimitMiB} MiB, {options.Scratch.Threads} threads, up to {options.MaxRowsPerUnit:N0} rows at once");
        try
        {
            await MeasureAsync(folder, clicks, options, args.Length > 4 ? int.Parse(args[4], CultureInfo.InvariantCulture) : 3);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(string folder, long clicks, RecountOptions options, int rounds)
    {
        var scratch = options.Scratch;
        await using var capture = new BenchCapture(folder, Partitions);
        await BenchPhase.MeasureAsync("make Avro", clicks, () => capture.WriteAsync(clicks));
        ILake lake = new FolderLake(folder);
        var compactor = new Compactor(
            lake, new CaptureHub(), new CompactionOptions { Scratch = scratch }, new PseudonymKey(new byte[PseudonymKey.SecretBytes]), NullLogger<Compactor>.Instance);
        await BenchPhase.MeasureAsync("Avro to Parquet", clicks, () => compactor.RunAsync(CompactionSlice.All(Partitions), CancellationToken.None));
        Console.WriteLine($"Avro {Size(folder, "capture") / 1e6:N0} MB, Parquet {Size(folder, "parquet") / 1e6:N0} MB");

        var cut = new DayCut
        {
            Partitions = [.. capture.Counts.Select((count, partition) => new PartitionCut(partition, count - 1, count - 1))],
            Rules = JudgementRules.Of(new VelocityOptions(), new VerdictOptions()),
        };
        var plan = await RecountPlan.LoadAsync(lake, Day, cut, CancellationToken.None);
        var recount = new BucketRecount(lake, options, NullLogger<BucketRecount>.Instance);
        var ours = double.MaxValue;
        for (var revision = 1; revision <= rounds; revision++)
        {
            var judgedCut = cut with { Flagged = await FlagAsync(new VelocityPass(lake, options), plan, cut, revision, clicks) };
            ours = Math.Min(ours, await BenchPhase.MeasureAsync("recount, judged and explained", clicks, () => CountAsync(recount, plan, judgedCut, revision)));
        }

        var totals = await TotalsAsync(lake, scratch, plan);
        Console.WriteLine($"judged invalid: {totals.Invalid:N0} of {totals.Clicks:N0} clicks");
        foreach (var (name, sql) in RecountYardstick.Ways)
        {
            var theirs = double.MaxValue;
            for (var round = 0; round < rounds; round++)
            {
                theirs = Math.Min(theirs, await BenchPhase.MeasureAsync($"plain SQL, {name}", clicks, () =>
                {
                    var found = RecountYardstick.Count(sql, plan, folder, scratch);
                    return found == (totals.Clicks, totals.CostMicros) ? Task.CompletedTask : throw new InvalidOperationException($"The recount found {totals}, plain SQL {found}.");
                }));
            }

            Console.WriteLine($"recount takes {ours / theirs:F2} times the processor time of plain SQL by {name}");
        }
    }

    /// <summary>What the velocity rules take before the recount: clicks by identity, bucket by bucket, then who came too fast, share by share.</summary>
    private static async Task<IReadOnlyList<string>> FlagAsync(VelocityPass velocity, RecountPlan plan, DayCut cut, int revision, long clicks)
    {
        var rows = 0L;
        await BenchPhase.MeasureAsync("clicks by identity", clicks, async () =>
        {
            for (var bucket = 0; bucket < plan.Buckets; bucket++)
                rows += await velocity.IdentifyAsync(Day, revision, bucket, cut, CancellationToken.None);
        });
        var flagged = new List<string>();
        var shares = velocity.ShareCount(rows);
        await BenchPhase.MeasureAsync($"velocity rules, {shares} shares", clicks, async () =>
        {
            for (var share = 0; share < shares; share++)
                flagged.Add(await velocity.FlagAsync(Day, revision, plan.Buckets, share, shares, cut, CancellationToken.None));
        });
        await velocity.ForgetIdentitiesAsync(Day, revision, plan.Buckets, CancellationToken.None);
        return flagged;
    }

    private static async Task CountAsync(BucketRecount recount, RecountPlan plan, DayCut cut, int revision)
    {
        for (var bucket = 0; bucket < plan.Buckets; bucket++)
            await recount.RunAsync(Day, revision, bucket, cut, CancellationToken.None);
    }

    // Plain SQL judges nobody: what it finds is all clicks, the invalid ones too, and what they would cost.
    private static async Task<(long Clicks, long CostMicros, long Invalid)> TotalsAsync(ILake lake, ScratchOptions scratch, RecountPlan plan)
    {
        var (spend, billed, invalid) = (0L, 0L, 0L);
        for (var bucket = 0; bucket < plan.Buckets; bucket++)
        {
            await foreach (var batch in new RecountFileReader(lake, scratch).ReadAsync(BucketRecount.PathOf(Day, 1, bucket), CancellationToken.None))
            {
                foreach (var row in batch.Where(row => row.Cause == RecountCause.Truth))
                    (spend, billed, invalid) = (spend + row.Metrics.SpendMicros, billed + row.Metrics.Clicks, invalid + row.Metrics.InvalidClicks);
            }
        }

        return (billed + invalid, spend + (invalid * SyntheticEvents.CostMicros), invalid);
    }

    private static long Size(string folder, string name) =>
        new DirectoryInfo(Path.Combine(folder, name)).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
