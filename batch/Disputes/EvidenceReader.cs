using System.Security.Cryptography;
using System.Text;
using ClickFuncs.Batch.Hashing;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.DuckDb;
using ClickFuncs.Lake;
using ClickFuncs.Verdicts;
using ClickFuncs.Windows;

namespace ClickFuncs.Batch.Disputes;

/// <summary>
/// Shows the clicks behind a line of a statement, from the archive: those that were billed, the repeats of the line with what
/// counts for them, and those that are free: invalid, or over budget. With the cut of a close the billed ones add up to what that close found, to the micro.
/// </summary>
/// <param name="lake">Where the archive is.</param>
/// <param name="scratch">What reading a page may take.</param>
/// <param name="judged">Lake paths of the clicks that the close judged again; none if it judged none.</param>
public sealed class EvidenceReader(ILake lake, ScratchOptions scratch, IReadOnlyList<string>? judged = null)
{
    /// <summary>Most clicks of a page.</summary>
    public const int MaxPageSize = 1000;

    /// <summary>Reads a page.</summary>
    /// <param name="query">Which line.</param>
    /// <param name="cut">The cut of the close that the line came from.</param>
    /// <param name="pageSize">Clicks to return at most, 1 to <see cref="MaxPageSize"/>.</param>
    /// <param name="continuation">That of the page before; null for the first.</param>
    /// <param name="cancellationToken">Interrupts the query.</param>
    /// <exception cref="FormatException">The continuation is damaged, or belongs to another question.</exception>
    /// <exception cref="CutNotCompactedException">The parts do not reach the cut.</exception>
    /// <exception cref="PartsMismatchException">The parts were made under another policy.</exception>
    /// <exception cref="LakeFileMissingException">A file of the archive is gone.</exception>
    /// <exception cref="LakeFileDamagedException">A manifest can't be understood.</exception>
    /// <exception cref="EvidenceUnreadableException">A file of a part can't be read.</exception>
    public Task<EvidencePage> ReadAsync(EvidenceQuery query, DayCut cut, int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, MaxPageSize);
        var question = Question(query, cut);
        var place = EvidencePlace.Parse(continuation, question);
        return Task.Run(() => ReadAsync(query, cut, pageSize, place, question, cancellationToken), cancellationToken);
    }

    private async Task<EvidencePage> ReadAsync(
        EvidenceQuery query, DayCut cut, int pageSize, EvidencePlace place, string question, CancellationToken cancellationToken)
    {
        var plan = await RecountPlan.LoadAsync(lake, query.Day, cut, cancellationToken);
        var clicks = new List<EvidenceClick>();
        var last = place;
        for (var bucket = place.Bucket; bucket < plan.Buckets; bucket++)
        {
            var after = bucket == place.Bucket ? place : EvidencePlace.Start;
            // One more than wanted tells whether there is a next page.
            foreach (var click in await ReadBucketAsync(query, cut, plan, bucket, after, pageSize + 1 - clicks.Count, cancellationToken))
            {
                if (clicks.Count == pageSize)
                    return new EvidencePage(clicks, last.ToContinuation(question));
                clicks.Add(click);
                last = new EvidencePlace(bucket, click.EventTimeMs, click.Position, click.ClickId);
            }
        }

        return new EvidencePage(clicks, null);
    }

    private async Task<List<EvidenceClick>> ReadBucketAsync(
        EvidenceQuery query, DayCut cut, RecountPlan plan, int bucket, EvidencePlace after, int limit, CancellationToken cancellationToken)
    {
        var range = new HashRange(bucket, plan.Buckets);
        await using var fetched = new FetchedFiles();
        var dayFiles = await fetched.FetchAsync(lake, plan.DayFiles(range).Select(file => file.Path), cancellationToken);
        var otherFiles = await fetched.FetchAsync(lake, plan.OtherFiles(range).Select(file => file.Path), cancellationToken);
        var sql = new RecountSql(cut, plan, range);
        try
        {
            using var database = new ScratchDatabase(scratch);
            database.Execute(sql.DayEvents(dayFiles), cancellationToken);
            database.Execute(sql.OtherEvents(otherFiles), cancellationToken);
            database.Execute(EvidenceSql.Line(query, after, limit), cancellationToken);
            if (database.QueryNumber("SELECT count(*) FROM line", cancellationToken) == 0)
                return [];
            database.Execute(EvidenceSql.Judged(await fetched.FetchAsync(lake, judged ?? [], cancellationToken)), cancellationToken);
            return Read(database, EvidenceSql.Clicks(plan.Day, cut.Policy), cancellationToken);
        }
        catch (DuckDbException failure)
        {
            throw new EvidenceUnreadableException(query.Day, failure);
        }
    }

    private static List<EvidenceClick> Read(ScratchDatabase database, string sql, CancellationToken cancellationToken)
    {
        using var reader = database.Query(sql, cancellationToken);
        var clicks = new List<EvidenceClick>();
        while (reader.Read())
            clicks.Add(ToClick(reader));
        return clicks;
    }

    // A page goes on only where the same clicks would come.
    private static string Question(EvidenceQuery query, DayCut cut) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\0', CutDigest.Of(query.Day, cut), query.AdvertiserId, query.CampaignId, query.AdId ?? "\u0001", query.Hour))))[..16];

    private static VelocityEvidence? ToVelocity(DuckDbReader reader, int column) =>
        reader.IsNull(column) ? null : new VelocityEvidence(reader.GetInt64(column), reader.GetInt64(column + 1), reader.GetInt64(column + 2));

    private static EvidenceClick ToClick(DuckDbReader reader)
    {
        var position = new RecordPosition(reader.GetInt32(3), reader.GetInt64(4));
        var counted = new CountedClick(reader.GetInt64(18), new RecordPosition(reader.GetInt32(19), reader.GetInt64(20)));
        return new EvidenceClick
        {
            ClickId = reader.GetString(0),
            EventTimeMs = reader.GetInt64(1),
            ArrivalMs = reader.GetInt64(2),
            Position = position,
            Key = new DimensionKey(
                reader.GetString(5), reader.GetString(6), reader.GetString(7), reader.GetString(8), reader.GetString(9), reader.GetString(10),
                reader.GetString(11), reader.GetString(12)),
            CostMicros = reader.GetInt64(13),
            UserKey = reader.GetUInt64(14),
            IpKey = reader.GetUInt64(15),
            UserAgent = reader.GetString(16),
            Referrer = reader.GetString(17),
            CountedInstead = counted.Position == position ? null : counted,
            CameAs = new Verdict((VerdictTier)reader.GetByte(22), (VerdictReasons)reader.GetUInt64(23)),
            Verdict = new Verdict((VerdictTier)reader.GetByte(24), (VerdictReasons)reader.GetUInt64(25)),
            Address = ToVelocity(reader, 26),
            User = ToVelocity(reader, 29),
            IsInvalid = reader.GetInt32(21) == 1,
            IsOverBudget = reader.GetInt32(21) == 2,
        };
    }
}
