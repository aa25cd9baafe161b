using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;

namespace ClickFuncs.Batch.Disputes;

/// <summary>The statements that find the clicks of a line in one bucket.</summary>
internal static class EvidenceSql
{
    private const string Order = "event_time_ms, click_id, partition, sequence";

    /// <summary>The clicks of the line after a place, as many as asked for.</summary>
    internal static string Line(EvidenceQuery query, EvidencePlace after, int limit)
    {
        var place = $"({SqlText.Of(after.EventTimeMs)}, {SqlText.Of(after.ClickId)}, {after.Position.Partition}::INTEGER, {SqlText.Of(after.Position.Sequence)})";
        var ad = query.AdId == null ? "" : $"AND ad_id = {SqlText.Of(query.AdId)}";
        var hour = query.Hour == null ? "" : $"AND event_time_ms // 3600000 % 24 = {query.Hour}";
        return $"""
            CREATE TEMP TABLE line AS SELECT * FROM day_events
            WHERE type = 0 AND advertiser_id = {SqlText.Of(query.AdvertiserId)} AND campaign_id = {SqlText.Of(query.CampaignId)} {ad} {hour}
                AND ({Order}) > {place}
            ORDER BY {Order} LIMIT {limit}
            """;
    }

    /// <summary>What the night says of the clicks of the line.</summary>
    internal static string Judged(IReadOnlyList<string> files) => files.Count == 0
        ? $"CREATE TEMP TABLE night AS SELECT 0 AS partition, 0::BIGINT AS sequence, 0::UTINYINT AS tier_after, 0::UBIGINT AS reasons_after, 0 AS bill_after, {NoVelocity} WHERE false"
        : $"CREATE TEMP TABLE night AS SELECT partition, sequence, tier_after, reasons_after, bill_after, {Velocity} FROM read_parquet({SqlText.ListOf(files)}) SEMI JOIN line USING (partition, sequence)";

    private const string Velocity = "ip_flagged_ms, ip_breach_ms, ip_clicks, user_flagged_ms, user_breach_ms, user_clicks";

    private static string NoVelocity => string.Join(", ", Velocity.Split(", ").Select(column => $"0::BIGINT AS {column}"));

    /// <summary>They, and for each the copy that counts: the first by event time and position in the look-back and the day.</summary>
    internal static string Clicks(int day, CountingPolicy policy) =>
        $"""
        WITH copies AS (
            SELECT id_hash, click_id, event_time_ms, partition, sequence FROM day_events WHERE type = 0
            UNION ALL SELECT id_hash, click_id, event_time_ms, partition, sequence FROM other_events WHERE type = 0
                AND event_time_ms >= {SqlText.Of(policy.LookBackStartMs(day))} AND event_time_ms < {SqlText.Of(EventDays.StartMs(day))}),
        firsts AS (
            SELECT click_id, min((event_time_ms, partition, sequence)) AS first FROM copies SEMI JOIN line USING (id_hash) GROUP BY click_id)
        SELECT line.click_id, event_time_ms, arrival_ms, partition, sequence, {RecountSql.Keys}, cost_micros, user_key, ip_key, user_agent, referrer,
            first[1], first[2], first[3], coalesce(bill_after, {RecountSql.Bill})::INTEGER AS bill,
            coalesce(verdict_tier, 0)::UTINYINT, coalesce(verdict_reasons, 0)::UBIGINT,
            coalesce(tier_after, verdict_tier, 0)::UTINYINT, coalesce(reasons_after, verdict_reasons, 0)::UBIGINT, {Velocity}
        FROM line JOIN firsts USING (click_id) LEFT JOIN night USING (partition, sequence) ORDER BY {Order}
        """;
}
