using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using ClickFuncs.Batch.Hashing;
using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Lake;
using ClickFuncs.Telemetry;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Batch.Recount;

/// <summary>
/// Counts one bucket of a day from the archive, and says by cause where the stream must have it otherwise (docs/decisions/0006). A pure
/// function of archive and cut: repeat it, split it, run buckets beside each other, the bytes are the same.
/// </summary>
public sealed partial class BucketRecount(ILake lake, RecountOptions options, ILogger<BucketRecount> logger)
{
    // A bound on how often the files are read; beyond it shares get larger.
    private const int MaxShares = 1024;

    /// <summary>Path of a recount in the lake.</summary>
    /// <param name="day">The day, UTC.</param>
    /// <param name="revision">Counts the closes of the day, from 1.</param>
    /// <param name="bucket">The bucket, from 0.</param>
    public static string PathOf(DateOnly day, int revision, int bucket) => string.Create(
        CultureInfo.InvariantCulture, $"recount/{day:yyyy-MM-dd}/r{revision}/bucket-{bucket:D3}.parquet");

    /// <summary>Counts a bucket, unless it was counted with this cut before.</summary>
    /// <param name="day">The day, UTC.</param>
    /// <param name="revision">Counts the closes of the day, from 1.</param>
    /// <param name="bucket">From 0 to <see cref="RecountPlan.Buckets"/> - 1.</param>
    /// <param name="cut">What to count.</param>
    /// <param name="cancellationToken">Stops; nothing is left.</param>
    /// <returns>Where the rows are.</returns>
    /// <exception cref="CutNotCompactedException">The parts do not reach the cut.</exception>
    /// <exception cref="RecountMismatchException">There is a recount of that name, made with another cut.</exception>
    /// <exception cref="LakeFileMissingException">A file of a part is gone.</exception>
    public Task<RecountFile> RunAsync(DateOnly day, int revision, int bucket, DayCut cut, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cut);
        ArgumentOutOfRangeException.ThrowIfLessThan(revision, 1);
        // It works more than it waits: not on the caller's thread.
        return Task.Run(() => CountAsync(day, revision, bucket, cut, cancellationToken), cancellationToken);
    }

    private async Task<RecountFile> CountAsync(DateOnly day, int revision, int bucket, DayCut cut, CancellationToken cancellationToken)
    {
        var path = PathOf(day, revision, bucket);
        var start = Stopwatch.GetTimestamp();
        var digest = CutDigest.Of(day, cut);
        if (await FindAsync(path, digest, cancellationToken) is { } counted)
            return counted;
        using var folder = new ScratchFolder(options.Scratch);
        var shares = await CountSharesAsync(day, bucket, cut, digest, folder.Path, cancellationToken);
        var (local, rows) = Merge(shares, digest, folder.Path, cancellationToken);
        // Its own name comes last: whoever finds it finds the judged clicks too.
        if (cut.Rules != null)
            await NameJudgedAsync(shares, JudgementPaths.Judged(day, revision, bucket), digest, folder.Path, cancellationToken);
        var file = await NameAsync(local, rows, path, digest, cancellationToken);
        BatchInstruments.RecountedEvents.Add(shares.Events);
        BatchInstruments.RecountDuration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
        LogCounted(path, shares.Events, file.Rows, shares.Files.Count, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return file;
    }

    /// <summary>Counts, and if some ids came back all the time that was looked at, looks back twice as far and counts again.</summary>
    private async Task<Shares> CountSharesAsync(
        DateOnly day, int bucket, DayCut cut, string digest, string folder, CancellationToken cancellationToken)
    {
        for (var memoryDays = cut.Policy.MemoryDays; ; memoryDays = Math.Min(memoryDays * 2, options.MaxMemoryDays))
        {
            var plan = await RecountPlan.LoadAsync(lake, day, cut, memoryDays, cancellationToken);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)bucket, (uint)plan.Buckets, nameof(bucket));
            var shares = await CountSharesAsync(plan, cut, digest, new HashRange(bucket, plan.Buckets), folder, cancellationToken);
            if (shares.Unsure == 0)
                return shares;
            if (memoryDays >= options.MaxMemoryDays)
            {
                LogUnsure(shares.Unsure, day, bucket, memoryDays);
                return shares;
            }
        }
    }

    private async Task<Shares> CountSharesAsync(
        RecountPlan plan, DayCut cut, string digest, HashRange range, string folder, CancellationToken cancellationToken)
    {
        var shares = new Shares { Events = plan.DayFiles(range).Sum(file => file.Rows) };
        await using var fetched = new FetchedFiles();
        var dayFiles = await fetched.FetchAsync(lake, plan.DayFiles(range).Select(file => file.Path), cancellationToken);
        var otherFiles = await fetched.FetchAsync(lake, plan.OtherFiles(range).Select(file => file.Path), cancellationToken);
        var flagged = await fetched.FetchAsync(lake, cut.Flagged, cancellationToken);
        foreach (var share in range.Split(ShareCount(shares.Events, range)))
        {
            var local = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"share-{share.Index}.parquet"));
            var judged = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"judged-{share.Index}.parquet"));
            var (rows, unsure) = new RecountUnit(cut, digest, plan, share, options.Scratch).Count(
                dayFiles, otherFiles, flagged, local, judged, cancellationToken);
            shares.Files.Add(local);
            shares.Judged.Add(judged);
            shares.Rows += rows;
            shares.Unsure += unsure;
        }

        return shares;
    }

    private int ShareCount(long rows, HashRange range)
    {
        var needed = Math.Max(1, (rows + options.MaxRowsPerUnit - 1) / options.MaxRowsPerUnit);
        var most = Math.Min(MaxShares, HashRange.MaxCount / range.Count);
        return (int)Math.Min(most, (long)BitOperations.RoundUpToPowerOf2((ulong)needed));
    }

    /// <summary>Adds the shares up; one alone is the result already.</summary>
    private (string Local, long Rows) Merge(Shares shares, string digest, string folder, CancellationToken cancellationToken)
    {
        if (shares.Files is [var only])
            return (only, shares.Rows);
        using var database = new ScratchDatabase(options.Scratch);
        var local = Path.Combine(folder, "bucket.parquet");
        database.Execute(RecountSql.MergedCounts(shares.Files), cancellationToken);
        return (local, database.Execute(RecountSql.Write(local, digest), cancellationToken));
    }

    private async Task NameJudgedAsync(Shares shares, string path, string digest, string folder, CancellationToken cancellationToken)
    {
        var local = shares.Judged[0];
        using var database = new ScratchDatabase(options.Scratch);
        if (shares.Judged.Count > 1)
            database.Execute(JudgedSql.Merge(shares.Judged, local = Path.Combine(folder, "judged.parquet"), digest), cancellationToken);
        await MadeFile.NameAsync(lake, path, local, 0, digest, options.Scratch, cancellationToken);
    }

    /// <summary>Gives the result its name, unless another run was first.</summary>
    private async Task<RecountFile> NameAsync(string local, long rows, string path, string digest, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(local, FileMode.Open, FileAccess.Read);
        if (await lake.CreateAsync(path, (stream, token) => new ValueTask(file.CopyToAsync(stream, token)), cancellationToken))
            return new RecountFile(path, rows);
        return await FindAsync(path, digest, cancellationToken) ?? throw new LakeFileMissingException(path);
    }

    /// <summary>The recount, if it is there; what a repeated step finds.</summary>
    private async Task<RecountFile?> FindAsync(string path, string digest, CancellationToken cancellationToken)
    {
        if (await lake.FindAsync(path, cancellationToken) == null)
            return null;
        await using var local = await lake.FetchAsync(path, cancellationToken);
        using var database = new ScratchDatabase(options.Scratch);
        using (var reader = database.Query($"SELECT decode(value) FROM parquet_kv_metadata({SqlText.Of(local.LocalPath)}) WHERE decode(key) = 'cut'", cancellationToken))
        {
            if (!reader.Read() || reader.GetString(0) != digest)
                throw new RecountMismatchException(path);
        }

        return new RecountFile(path, database.QueryNumber($"SELECT count(*) FROM read_parquet({SqlText.Of(local.LocalPath)})", cancellationToken));
    }

    /// <summary>A bucket, counted in shares.</summary>
    private sealed class Shares
    {
        /// <summary>Local files, one a share.</summary>
        internal List<string> Files { get; } = [];

        /// <summary>Local files with the clicks that were judged again, one a share.</summary>
        internal List<string> Judged { get; } = [];

        /// <summary>Rows in them.</summary>
        internal long Rows { get; set; }

        /// <summary>Rows of the archive's files with events of the day.</summary>
        internal required long Events { get; init; }

        /// <summary>Copies whose verdict hangs on what is further back than was looked.</summary>
        internal long Unsure { get; set; }
    }
}
