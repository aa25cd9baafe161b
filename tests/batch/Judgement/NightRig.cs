using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Velocity;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Batch.Tests.Judgement;

/// <summary>Judges a day of a log again: archive, parts, velocity pass and recount, as a close does it.</summary>
internal sealed class NightRig
{
    /// <summary>The rules of settings that nobody changed.</summary>
    public static readonly JudgementRules Defaults = JudgementRules.Of(new VelocityOptions(), new VerdictOptions());

    public ArchiveRig Archive { get; init; } = new();

    /// <summary>What the judgement came to.</summary>
    public async Task<Night> JudgeAsync(LogOfEvents log, int day, JudgementRules rules, CountingPolicy? policy = null, int revision = 1)
    {
        await Archive.CaptureAllAsync(log);
        await Archive.CompactAsync(log.PartitionCount);
        var cut = ArchiveRig.CutOf(log, policy) with { Rules = rules };
        var date = EventDays.ToDate(day);
        var pass = new VelocityPass(Archive.Lake, Archive.Recount);
        var buckets = (await RecountPlan.LoadAsync(Archive.Lake, date, cut, CancellationToken.None)).Buckets;
        var rows = 0L;
        for (var bucket = 0; bucket < buckets; bucket++)
            rows += await pass.IdentifyAsync(date, revision, bucket, cut, CancellationToken.None);
        var shares = pass.ShareCount(rows);
        var flagged = new List<string>();
        for (var share = 0; share < shares; share++)
            flagged.Add(await pass.FlagAsync(date, revision, buckets, share, shares, cut, CancellationToken.None));
        var files = await Archive.CountAsync(day, cut with { Flagged = flagged }, revision);
        return new Night(await ReadAsync(buckets, date, revision), await Archive.ReadAsync(files));
    }

    private async Task<List<JudgedClick>> ReadAsync(int buckets, DateOnly date, int revision)
    {
        var clicks = new List<JudgedClick>();
        for (var bucket = 0; bucket < buckets; bucket++)
        {
            await using var local = await Archive.Lake.FetchAsync(JudgementPaths.Judged(date, revision, bucket), CancellationToken.None);
            using var database = new ScratchDatabase(new ScratchOptions());
            using var reader = database.Query(
                $"""
                SELECT click_id, tier_before, reasons_before, tier_after, reasons_after, coalesce(ip_flagged_ms, -1), coalesce(ip_clicks, -1),
                    coalesce(user_flagged_ms, -1), coalesce(user_clicks, -1) FROM read_parquet('{local.LocalPath}')
                """,
                CancellationToken.None);
            while (reader.Read())
            {
                clicks.Add(new JudgedClick(
                    reader.GetString(0), new Verdict((VerdictTier)reader.GetByte(1), (VerdictReasons)reader.GetUInt64(2)),
                    new Verdict((VerdictTier)reader.GetByte(3), (VerdictReasons)reader.GetUInt64(4)),
                    reader.GetInt64(5), reader.GetInt64(6), reader.GetInt64(7), reader.GetInt64(8)));
            }
        }

        return clicks;
    }
}

/// <summary>A click that was judged again.</summary>
internal sealed record JudgedClick(
    string Id, Verdict Before, Verdict After, long IpFlaggedMs, long IpClicks, long UserFlaggedMs, long UserClicks);

/// <summary>What a night's judgement came to.</summary>
internal sealed record Night(IReadOnlyList<JudgedClick> Clicks, List<RecountRow> Rows)
{
    /// <summary>Ids of the clicks that have a reason now.</summary>
    public SortedSet<string> With(VerdictReasons reason) =>
        new(Clicks.Where(click => click.After.Reasons.HasFlag(reason)).Select(click => click.Id), StringComparer.Ordinal);
}
