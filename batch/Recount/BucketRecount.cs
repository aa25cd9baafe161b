using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using ClickFuncs.Batch.Hashing;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.DuckDb;
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
    // Sequential by nature, and a bound on the number of shares, not on rows.
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
        return Task.Run(() => CountAsync(day, PathOf(day, revision, bucket), bucket, cut, cancellationToken), cancellationToken);
    }

    private async Task<RecountFile> CountAsync(DateOnly day, string path, int bucket, DayCut cut, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var digest = CutDigest.Of(day, cut);
        using var database = new ScratchDatabase(options.Scratch);
        if (await FindAsync(database, path, digest, cancellationToken) is { } counted)
            return counted;
        var shares = await CountSharesAsync(day, bucket, cut, database.Folder, cancellationToken);
        var file = await MergeAsync(database, shares.Files, path, digest, cancellationToken);
        BatchInstruments.RecountedEvents.Add(shares.Events);
        BatchInstruments.RecountDuration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
        LogCounted(path, shares.Events, file.Rows, shares.Files.Count, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return file;
    }

    /// <summary>Counts, and if some ids came back all the time that was looked at, looks back twice as far and counts again.</summary>
    private async Task<Shares> CountSharesAsync(DateOnly day, int bucket, DayCut cut, string folder, CancellationToken cancellationToken)
    {
        for (var memoryDays = cut.Policy.MemoryDays; ; memoryDays = Math.Min(memoryDays * 2, options.MaxMemoryDays))
        {
            var plan = await RecountPlan.LoadAsync(lake, day, cut, memoryDays, cancellationToken);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)bucket, (uint)plan.Buckets, nameof(bucket));
            var shares = await CountSharesAsync(plan, cut, new HashRange(bucket, plan.Buckets), folder, cancellationToken);
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
        RecountPlan plan, DayCut cut, HashRange range, string folder, CancellationToken cancellationToken)
    {
        var rows = plan.DayFiles(range).Sum(file => file.Rows);
        var unsure = 0L;
        var shares = new List<string>();
        await using var fetched = new FetchedFiles();
        var dayFiles = await fetched.FetchAsync(lake, plan.DayFiles(range).Select(file => file.Path), cancellationToken);
        var otherFiles = await fetched.FetchAsync(lake, plan.OtherFiles(range).Select(file => file.Path), cancellationToken);
        foreach (var share in range.Split(ShareCount(rows, range)))
        {
            var local = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"share-{share.Index}.parquet"));
            unsure += new RecountUnit(cut, plan, share, options.Scratch).Count(dayFiles, otherFiles, local, cancellationToken);
            shares.Add(local);
        }

        return new Shares(shares, rows, unsure);
    }

    private int ShareCount(long rows, HashRange range)
    {
        var needed = Math.Max(1, (rows + options.MaxRowsPerUnit - 1) / options.MaxRowsPerUnit);
        var most = Math.Min(MaxShares, HashRange.MaxCount / range.Count);
        return (int)Math.Min(most, (long)BitOperations.RoundUpToPowerOf2((ulong)needed));
    }

    /// <summary>Adds the shares up and gives the result its name, unless another run was first.</summary>
    private async Task<RecountFile> MergeAsync(
        ScratchDatabase database, IReadOnlyList<string> shares, string path, string digest, CancellationToken cancellationToken)
    {
        var local = Path.Combine(database.Folder, "bucket.parquet");
        database.Execute($"CREATE VIEW counts AS SELECT * FROM read_parquet({SqlText.ListOf(shares)})", cancellationToken);
        var rows = database.Execute(
            $"COPY ({RecountSql.ResultSums}) TO {SqlText.Of(local)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{cut: {SqlText.Of(digest)}}})",
            cancellationToken);
        await using var file = new FileStream(local, FileMode.Open, FileAccess.Read);
        if (await lake.CreateAsync(path, (stream, token) => new ValueTask(file.CopyToAsync(stream, token)), cancellationToken))
            return new RecountFile(path, rows);
        return await FindAsync(database, path, digest, cancellationToken) ?? throw new LakeFileMissingException(path);
    }

    /// <summary>The recount, if it is there; what a repeated step finds.</summary>
    private async Task<RecountFile?> FindAsync(ScratchDatabase database, string path, string digest, CancellationToken cancellationToken)
    {
        if (await lake.FindAsync(path, cancellationToken) == null)
            return null;
        await using var local = await lake.FetchAsync(path, cancellationToken);
        using (var reader = database.Query($"SELECT decode(value) FROM parquet_kv_metadata({SqlText.Of(local.LocalPath)}) WHERE decode(key) = 'cut'", cancellationToken))
        {
            if (!reader.Read() || reader.GetString(0) != digest)
                throw new RecountMismatchException(path);
        }

        return new RecountFile(path, Rows(database, local.LocalPath, cancellationToken));
    }

    private static long Rows(ScratchDatabase database, string local, CancellationToken cancellationToken) =>
        database.QueryNumber($"SELECT count(*) FROM read_parquet({SqlText.Of(local)})", cancellationToken);

    /// <summary>A bucket, counted in shares.</summary>
    /// <param name="Files">Local files, one a share.</param>
    /// <param name="Events">Rows that were read of files with the day's events.</param>
    /// <param name="Unsure">See <see cref="RecountUnit.Count"/>.</param>
    private sealed record Shares(IReadOnlyList<string> Files, long Events, long Unsure);
}
