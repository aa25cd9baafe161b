using System.Globalization;
using System.Numerics;
using ClickFuncs.Batch.Hashing;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Judgement;

/// <summary>
/// Applies the velocity rules to a day, in two steps that both fan out (docs/decisions/0022). The recount works by id, these rules by identity: the first step
/// writes the clicks of a bucket of ids in the order of their identities, a file per bucket; the second reads a stretch of all these
/// files, which is all clicks of a share of the identities, and writes those that came too fast. Steps can be repeated.
/// </summary>
/// <param name="lake">The archive.</param>
/// <param name="options">What a step may take.</param>
public sealed class VelocityPass(ILake lake, RecountOptions options)
{
    private const int MaxShares = 1024;

    /// <summary>Writes the clicks of a bucket by identity.</summary>
    /// <param name="day">The day, UTC.</param>
    /// <param name="revision">The close's number.</param>
    /// <param name="bucket">Bucket of the ids, from 0.</param>
    /// <param name="cut">What to look at; has rules.</param>
    /// <param name="cancellationToken">Stops; nothing is left.</param>
    /// <returns>Rows written: up to two a click.</returns>
    public Task<long> IdentifyAsync(DateOnly day, int revision, int bucket, DayCut cut, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cut);
        return Task.Run(() => IdentifyCoreAsync(day, JudgementPaths.Identities(day, revision, bucket), bucket, cut, cancellationToken), cancellationToken);
    }

    /// <summary>In how many shares to look at so many rows.</summary>
    public int ShareCount(long rows)
    {
        var needed = Math.Clamp((rows + options.MaxRowsPerUnit - 1) / options.MaxRowsPerUnit, 1, MaxShares);
        return (int)BitOperations.RoundUpToPowerOf2((ulong)needed);
    }

    /// <summary>Writes the clicks of a share of the identities that came too fast.</summary>
    /// <param name="day">The day, UTC.</param>
    /// <param name="revision">The close's number.</param>
    /// <param name="buckets">Buckets there are.</param>
    /// <param name="share">Which share, from 0.</param>
    /// <param name="shares">Of how many.</param>
    /// <param name="cut">The cut that the identities were written with.</param>
    /// <param name="cancellationToken">Stops; nothing is left.</param>
    /// <returns>Lake path of the file.</returns>
    public Task<string> FlagAsync(DateOnly day, int revision, int buckets, int share, int shares, DayCut cut, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cut);
        var identities = Enumerable.Range(0, buckets).Select(bucket => JudgementPaths.Identities(day, revision, bucket));
        return Task.Run(
            () => FlagCoreAsync(day, identities, JudgementPaths.Flagged(day, revision, share), new HashRange(share, shares), cut, cancellationToken),
            cancellationToken);
    }

    /// <summary>Deletes the clicks by identity: nobody needs them once all shares were looked at.</summary>
    public async Task ForgetIdentitiesAsync(DateOnly day, int revision, int buckets, CancellationToken cancellationToken)
    {
        for (var bucket = 0; bucket < buckets; bucket++)
            await lake.DeleteAsync(JudgementPaths.Identities(day, revision, bucket), cancellationToken);
    }

    private async Task<long> IdentifyCoreAsync(DateOnly day, string path, int bucket, DayCut cut, CancellationToken cancellationToken)
    {
        var digest = CutDigest.Of(day, cut);
        if (await MadeFile.CountRowsAsync(lake, path, digest, options.Scratch, cancellationToken) is var made and >= 0)
            return made;
        var plan = await RecountPlan.LoadAsync(lake, day, cut, cancellationToken);
        var range = new HashRange(bucket, plan.Buckets);
        await using var fetched = new FetchedFiles();
        using var folder = new ScratchFolder(options.Scratch);
        var files = plan.FilesOf(range, Sql(plan, cut, range).FirstDay, Sql(plan, cut, range).LastDay).ToList();
        var local = await fetched.FetchAsync(lake, files.Select(file => file.Path), cancellationToken);
        var shares = new List<string>();
        foreach (var share in range.Split(Math.Min(ShareCount(files.Sum(file => file.Rows)), HashRange.MaxCount / range.Count)))
        {
            shares.Add(Path.Combine(folder.Path, string.Create(CultureInfo.InvariantCulture, $"share-{share.Index}.parquet")));
            using var database = new ScratchDatabase(options.Scratch);
            var sql = Sql(plan, cut, share);
            database.Execute(sql.Clicks(local), cancellationToken);
            database.Execute(sql.Repeated, cancellationToken);
            database.Execute(sql.Counted, cancellationToken);
            database.Execute(IdentitySql.Write(shares[^1], digest), cancellationToken);
        }

        var target = shares[0];
        using (var database = new ScratchDatabase(options.Scratch))
        {
            if (shares.Count > 1)
                database.Execute(IdentitySql.Merge(shares, target = Path.Combine(folder.Path, "bucket.parquet"), digest), cancellationToken);
            var rows = database.QueryNumber($"SELECT count(*) FROM read_parquet({SqlText.Of(target)})", cancellationToken);
            return await MadeFile.NameAsync(lake, path, target, rows, digest, options.Scratch, cancellationToken);
        }
    }

    private async Task<string> FlagCoreAsync(
        DateOnly day, IEnumerable<string> identities, string path, HashRange keys, DayCut cut, CancellationToken cancellationToken)
    {
        var digest = CutDigest.Of(day, cut);
        if (await MadeFile.CountRowsAsync(lake, path, digest, options.Scratch, cancellationToken) >= 0)
            return path;
        await using var fetched = new FetchedFiles();
        using var folder = new ScratchFolder(options.Scratch);
        using var database = new ScratchDatabase(options.Scratch);
        var sql = new VelocitySql(RulesOf(cut), Compaction.EventDays.Of(day));
        database.Execute(VelocitySql.Clicks(await fetched.FetchAsync(lake, identities, cancellationToken), keys), cancellationToken);
        database.Execute(sql.Suspects, cancellationToken);
        database.Execute(sql.Breaches, cancellationToken);
        database.Execute(sql.Flags, cancellationToken);
        var local = Path.Combine(folder.Path, "flagged.parquet");
        var rows = database.Execute(sql.Write(local, digest), cancellationToken);
        await MadeFile.NameAsync(lake, path, local, rows, digest, options.Scratch, cancellationToken);
        return path;
    }

    private static IdentitySql Sql(RecountPlan plan, DayCut cut, HashRange range) => new(new RecountSql(cut, plan, range), cut, RulesOf(cut), plan.Day);

    private static JudgementRules RulesOf(DayCut cut) =>
        cut.Rules ?? throw new ArgumentException("The cut has no rules to judge by.", nameof(cut));
}
