using System.Globalization;
using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Hashing;
using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Freshness;

namespace ClickFuncs.Batch.Recount;

/// <summary>The statements that count one share of a day. What they mean is said where they are run, in <see cref="RecountUnit"/>.</summary>
internal sealed class RecountSql(DayCut cut, RecountPlan plan, HashRange range)
{
    internal const string Keys = "advertiser_id, campaign_id, ad_group_id, ad_id, creative_id, currency, device, country";

    internal const string ResultColumns = $"cause, hour_ms, {Keys}, impressions, raw_clicks, clicks, conversions, spend_micros, invalid_clicks, over_budget_clicks, reason";

    /// <summary>Writes <c>counts</c>, a table or a view, as a recount: rows that are not all zero, in one order.</summary>
    internal static string Write(string target, string digest) =>
        $$"""
        COPY (SELECT {{ResultColumns}} FROM counts
            WHERE impressions <> 0 OR raw_clicks <> 0 OR clicks <> 0 OR conversions <> 0 OR spend_micros <> 0
                OR invalid_clicks <> 0 OR over_budget_clicks <> 0 ORDER BY ALL)
        TO {{SqlText.Of(target)}} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {cut: {{SqlText.Of(digest)}}})
        """;

    /// <summary>The sum of shares that were written before.</summary>
    internal static string MergedCounts(IReadOnlyList<string> files) =>
        $"""
        CREATE TEMP VIEW counts AS
        SELECT cause, hour_ms, {Keys}, reason, sum(impressions)::BIGINT AS impressions, sum(raw_clicks)::BIGINT AS raw_clicks,
            sum(clicks)::BIGINT AS clicks, sum(conversions)::BIGINT AS conversions, sum(spend_micros)::BIGINT AS spend_micros,
            sum(invalid_clicks)::BIGINT AS invalid_clicks, sum(over_budget_clicks)::BIGINT AS over_budget_clicks
        FROM read_parquet({SqlText.ListOf(files)}) GROUP BY ALL
        """;

    private const string CopyColumns = "id_hash, type, click_id, partition, sequence, event_time_ms, stream_time_ms";

    private readonly long _startMs = EventDays.StartMs(plan.Day);
    private readonly long _endMs = EventDays.StartMs(plan.Day + 1);

    internal string DayEvents(IReadOnlyList<string> files) =>
        $"CREATE TEMP VIEW day_events AS {Events(files)} AND event_time_ms >= {SqlText.Of(_startMs)} AND event_time_ms < {SqlText.Of(_endMs)}";

    internal string OtherEvents(IReadOnlyList<string> files) =>
        $"CREATE TEMP VIEW other_events AS {Events(files)} AND (event_time_ms < {SqlText.Of(_startMs)} OR event_time_ms >= {SqlText.Of(_endMs)})";

    internal const string Ids = "CREATE TEMP TABLE ids AS SELECT id_hash, count(*) AS copies FROM day_events GROUP BY id_hash";

    /// <summary>
    /// Ids to be judged copy by copy: those that are there more than once, on whatever day, and those that the stream may have left out.
    /// All the others are there once and were counted, and their own row says everything.
    /// </summary>
    internal string Judged =>
        $"""
        CREATE TEMP TABLE judged AS
        SELECT id_hash FROM ids WHERE copies > 1
        UNION SELECT id_hash FROM ids SEMI JOIN other_events USING (id_hash)
        UNION SELECT id_hash FROM day_events WHERE {IsClosed} OR {NotProcessed}
        UNION SELECT id_hash FROM day_events SEMI JOIN quarantined USING (partition, sequence);
        DROP TABLE ids
        """;

    internal static string DayCopies =>
        $"""
        CREATE TEMP TABLE day_copies AS SELECT {CopyColumns}, {Hour} AS hour_ms, {Keys}, cost_micros, {Bill} AS bill, {Reason} AS reason
        FROM day_events SEMI JOIN judged USING (id_hash)
        """;

    /// <summary>All copies in the order the stream saw them. The judge reads them in portions, so none needs all the memory.</summary>
    internal string Copies =>
        $"""
        CREATE TEMP TABLE copies AS
        SELECT {CopyColumns}, {NotProcessed} AS not_processed, EXISTS (
            FROM quarantined WHERE quarantined.partition = all_copies.partition AND quarantined.sequence = all_copies.sequence) AS quarantined
        FROM (FROM day_copies SELECT {CopyColumns} UNION ALL FROM other_events SEMI JOIN judged USING (id_hash) SELECT {CopyColumns}) all_copies
        ORDER BY id_hash, type, click_id, partition, sequence
        """;

    internal static string CopiesFrom(long row, long count) => string.Create(
        CultureInfo.InvariantCulture, $"SELECT {CopyColumns}, not_processed, quarantined FROM copies WHERE rowid >= {row} AND rowid < {row + count}");

    internal const string Marks = "CREATE TEMP TABLE marks (partition INTEGER, sequence BIGINT, cause UTINYINT, counts INTEGER, raw_clicks INTEGER)";

    /// <summary>
    /// Truth in one pass over the events: those that are not judged, the raw clicks of those that are, and what the judge lets count.
    /// Then the judge's differences, which are few, and the clicks that no copy of the day counts for.
    /// </summary>
    internal static string Counts =>
        $"""
        CREATE TEMP VIEW counts AS
        SELECT 'truth' AS cause, hour_ms, {Keys}, reason, {Sums} FROM (
            SELECT {Hour} AS hour_ms, {Keys}, {Reason} AS reason, type, 1 AS counts, 1 AS raw_clicks, cost_micros, {Bill} AS bill FROM day_events ANTI JOIN judged USING (id_hash)
            UNION ALL SELECT hour_ms, {Keys}, reason, type, 0, 1, 0, bill FROM day_copies
            UNION ALL SELECT hour_ms, {Keys}, reason, type, counts, 0, cost_micros, bill FROM marks JOIN day_copies USING (partition, sequence)
                WHERE cause = {(int)RecountCause.Truth}
            UNION ALL {Rejudged})
        GROUP BY ALL
        UNION ALL
        SELECT {SqlText.Of(RecountCause.ReJudged.Code())}, hour_ms, {Keys}, reason, {Sums} FROM ({Rejudged}) GROUP BY ALL
        UNION ALL
        SELECT {CauseText("cause")}, hour_ms, {Keys}, reason, {Sums} FROM marks JOIN day_copies USING (partition, sequence)
        WHERE cause <> {(int)RecountCause.Truth} GROUP BY ALL
        UNION ALL
        SELECT {SqlText.Of(RecountCause.EarlierDay.Code())}, hour_ms, {Keys}, reason, 0, count(*), 0, 0, 0, 0, 0
        FROM day_copies ANTI JOIN (
            FROM day_copies SEMI JOIN (FROM marks WHERE cause = {(int)RecountCause.Truth}) USING (partition, sequence)
            SELECT id_hash, type, click_id) USING (id_hash, type, click_id)
        WHERE type = 0 GROUP BY ALL
        """;

    // A click that is judged again counts as it is judged now, and no longer as it came.
    private static string Rejudged =>
        $"""
        SELECT hour_ms, {Keys}, reason_before AS reason, 0 AS type, -1 AS counts, -1 AS raw_clicks, cost_micros, bill_before AS bill FROM rejudged
        WHERE bill_before <> bill_after OR reason_before <> reason_after
        UNION ALL SELECT hour_ms, {Keys}, reason_after, 0, 1, 1, cost_micros, bill_after FROM rejudged
        WHERE bill_before <> bill_after OR reason_before <> reason_after
        """;

    // Types are those of ad_event.proto: 0 click, 1 impression, 2 conversion. Only clicks have raw clicks and spend.
    private const string Sums =
        """
        coalesce(sum(counts) FILTER (type = 1), 0)::BIGINT AS impressions, coalesce(sum(raw_clicks) FILTER (type = 0), 0)::BIGINT AS raw_clicks,
        coalesce(sum(counts) FILTER (type = 0 AND bill = 0), 0)::BIGINT AS clicks, coalesce(sum(counts) FILTER (type = 2), 0)::BIGINT AS conversions,
        coalesce(sum(counts * cost_micros) FILTER (type = 0 AND bill = 0), 0)::BIGINT AS spend_micros,
        coalesce(sum(counts) FILTER (type = 0 AND bill = 1), 0)::BIGINT AS invalid_clicks,
        coalesce(sum(counts) FILTER (type = 0 AND bill = 2), 0)::BIGINT AS over_budget_clicks
        """;

    // What becomes of a click that counts: 0 billed, 1 invalid (tier 3 of ad_event.proto), 2 over budget.
    internal static string Bill => BillOf("verdict_tier");

    // Only invalid clicks have one.
    private static string Reason { get; } =
        $"CASE WHEN type = 0 AND verdict_tier = 3 THEN {ReasonSql.Deciding("coalesce(verdict_reasons, 0)")} ELSE '' END";

    /// <summary>What becomes of a click by its tier.</summary>
    internal static string BillOf(string tier) => $"CASE WHEN {tier} = 3 THEN 1 WHEN over_budget THEN 2 ELSE 0 END";

    /// <summary>Keys without content, for a table without rows.</summary>
    internal static string EmptyKeys => string.Join(", ", Keys.Split(", ").Select(key => $"'' AS {key}"));

    internal static string Hour => "event_time_ms - event_time_ms % 3600000";

    /// <summary>Whether an event's window was closed when it came; <see cref="CopyJudge.IsClosed(long, long, long)"/> says the same.</summary>
    private string IsClosed =>
        $"event_time_ms - event_time_ms % 60000 + 60000 <= stream_time_ms - {SqlText.Of(cut.Policy.WindowGraceMs)}";

    /// <summary>Whether the stream had not come to a record yet; mostly a plain false, as it is ahead of the archive.</summary>
    private string NotProcessed => AnyOf(
        from partition in cut.Partitions
        where partition.PublishedSequence < partition.LastSequence
        select (partition.Partition, partition.PublishedSequence));

    /// <summary>Which hashes the share holds.</summary>
    internal string Hashes => $"id_hash BETWEEN {SqlText.Of(range.First)} AND {SqlText.Of(range.Last)}";

    internal string Events(IReadOnlyList<string> files)
    {
        var hashes = plan.IsWhole(range) ? "true" : Hashes;
        // A NonClick is never counted, and only moved the clock, which is in the stream time of the others. Probes are nobody's clicks.
        return files.Count == 0
            ? $"SELECT * FROM (SELECT {Nothing}) WHERE false"
            : $"SELECT * FROM ({Files(files)}) WHERE type <> 3 AND {ProbeIdentity.LeftOutSql} AND {hashes} AND NOT ({AnyOf(plan.CutPartitions)})";
    }

    // Parts of before verdicts were compacted lack their columns: nothing was counted by them then, so all of it is billed.
    private static string Files(IReadOnlyList<string> files) =>
        $"SELECT * FROM read_parquet({SqlText.ListOf(files)}, hive_partitioning = false, union_by_name = true) "
        + "UNION ALL BY NAME SELECT NULL::UTINYINT AS verdict_tier, NULL::BOOLEAN AS over_budget, NULL::UBIGINT AS verdict_reasons WHERE false";

    private static string Nothing { get; } = string.Join(
        ", ",
        PartSchema.EventColumns.Split(',').Select(column => column.Trim().Split(' ')).Select(column => $"NULL::{column[1]} AS {column[0]}"));

    private static string AnyOf(IEnumerable<(int Partition, long LastSequence)> after)
    {
        var terms = string.Join(" OR ", after.Select(cut => $"(partition = {cut.Partition} AND sequence > {SqlText.Of(cut.LastSequence)})"));
        return terms.Length == 0 ? "false" : $"({terms})";
    }

    private static string CauseText(string number)
    {
        var texts = Enum.GetValues<RecountCause>().Select(cause => $"WHEN {(int)cause} THEN {SqlText.Of(cause.Code())}");
        return $"CASE {number} {string.Join(' ', texts)} END";
    }
}
