using ClickFuncs.Batch.Compaction;
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
            first[1], first[2], first[3], ({RecountSql.Bill})::INTEGER AS bill
        FROM line JOIN firsts USING (click_id) ORDER BY {Order}
        """;
}
