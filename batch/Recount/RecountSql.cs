using System.Globalization;
using ClickFuncs.Batch.Compaction;
using ClickFuncs.Batch.Hashing;
using ClickFuncs.Batch.Scratch;

namespace ClickFuncs.Batch.Recount;

/// <summary>The statements that count one share of a day. What they mean is said where they are run, in <see cref="RecountUnit"/>.</summary>
internal sealed class RecountSql(DayCut cut, RecountPlan plan, HashRange range)
{
    internal const string Keys = "advertiser_id, campaign_id, ad_group_id, ad_id, creative_id, currency, device, country";

    internal const string ResultColumns = $"cause, hour_ms, {Keys}, impressions, raw_clicks, clicks, conversions, spend_micros";

    /// <summary>Writes <c>counts</c>, a table or a view, as a recount: added up, those that are not all zero, in one order.</summary>
    internal static string Write(string target, string digest) =>
        $"COPY ({ResultSums}) TO {SqlText.Of(target)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{cut: {SqlText.Of(digest)}}})";

    private const string ResultSums =
        $"""
        SELECT cause, hour_ms, {Keys}, sum(impressions)::BIGINT AS impressions, sum(raw_clicks)::BIGINT AS raw_clicks,
            sum(clicks)::BIGINT AS clicks, sum(conversions)::BIGINT AS conversions, sum(spend_micros)::BIGINT AS spend_micros
        FROM counts GROUP BY ALL
        HAVING sum(impressions) <> 0 OR sum(raw_clicks) <> 0 OR sum(clicks) <> 0 OR sum(conversions) <> 0 OR sum(spend_micros) <> 0
        ORDER BY ALL
        """;

    private const string CopyColumns = "id_hash, type, click_id, partition, sequence, event_time_ms, stream_time_ms";

    private readonly long _startMs = EventDays.StartMs(plan.Day);
    private readonly long _endMs = EventDays.StartMs(plan.Day + 1);

    internal string DayEvents(IReadOnlyList<string> files) =>
        $"CREATE TEMP VIEW day_events AS {Events(files)} AND event_time_ms >= {SqlText.Of(_startMs)} AND event_time_ms < {SqlText.Of(_endMs)}";

    internal string OtherEvents(IReadOnlyList<string> files) =>
        $"CREATE TEMP VIEW other_events AS {Events(files)} AND (event_time_ms < {SqlText.Of(_startMs)} OR event_time_ms >= {SqlText.Of(_endMs)})";

    internal const string Ids = "CREATE TEMP TABLE ids AS SELECT id_hash, count(*) AS copies FROM day_events GROUP BY id_hash";

    internal const string Repeated =
        """
        CREATE TEMP TABLE repeated AS
        SELECT id_hash FROM ids WHERE copies > 1
        UNION SELECT id_hash FROM ids SEMI JOIN other_events USING (id_hash)
        UNION SELECT id_hash FROM day_events SEMI JOIN quarantined USING (partition, sequence);
        DROP TABLE ids
        """;

    /// <summary>Events without a copy, which are nearly all: their own row says everything.</summary>
    internal string Singles =>
        $"""
        CREATE TEMP TABLE singles AS
        SELECT {Fate} AS fate, {Hour} AS hour_ms, {Keys}, type, count(*) AS counts, sum(cost_micros)::BIGINT AS cost_micros
        FROM day_events ANTI JOIN repeated USING (id_hash) GROUP BY ALL
        """;

    internal static string DayCopies =>
        $"""
        CREATE TEMP TABLE day_copies AS SELECT {CopyColumns}, {Hour} AS hour_ms, {Keys}, cost_micros
        FROM day_events SEMI JOIN repeated USING (id_hash)
        """;

    /// <summary>All copies in the order the stream saw them. The judge reads them in portions, so none needs all the memory.</summary>
    internal string Copies =>
        $"""
        CREATE TEMP TABLE copies AS
        SELECT {CopyColumns}, {NotProcessed} AS not_processed, EXISTS (
            FROM quarantined WHERE quarantined.partition = all_copies.partition AND quarantined.sequence = all_copies.sequence) AS quarantined
        FROM (FROM day_copies SELECT {CopyColumns} UNION ALL FROM other_events SEMI JOIN repeated USING (id_hash) SELECT {CopyColumns}) all_copies
        ORDER BY id_hash, type, click_id, partition, sequence
        """;

    internal static string CopiesFrom(long row, long count) => string.Create(
        CultureInfo.InvariantCulture, $"SELECT {CopyColumns}, not_processed, quarantined FROM copies WHERE rowid >= {row} AND rowid < {row + count}");

    internal const string Marks = "CREATE TEMP TABLE marks (partition INTEGER, sequence BIGINT, cause UTINYINT, counts INTEGER, raw_clicks INTEGER)";

    /// <summary>
    /// Types are those of <c>ad_event.proto</c>: 0 click, 1 impression, 2 conversion; only clicks have raw clicks and spend. A single event
    /// that the stream left out counts twice: in truth, and as a difference.
    /// </summary>
    internal static string Counts =>
        $"""
        CREATE TEMP TABLE counts AS
        SELECT cause, hour_ms, {Keys}, sum(counts * (type = 1)::INTEGER) AS impressions, sum(raw_clicks * (type = 0)::INTEGER) AS raw_clicks,
            sum(counts * (type = 0)::INTEGER) AS clicks, sum(counts * (type = 2)::INTEGER) AS conversions,
            sum(cost_micros * (type = 0)::INTEGER) AS spend_micros
        FROM (
            SELECT {CauseText("fates.fate")} AS cause, hour_ms, {Keys}, type, counts, counts AS raw_clicks, cost_micros
            FROM singles JOIN (SELECT DISTINCT singles.fate AS single_fate, unnest([0, singles.fate]) AS fate FROM singles) fates
            ON singles.fate = fates.single_fate
            UNION ALL
            SELECT 'truth', hour_ms, {Keys}, type, 0, 1, 0 FROM day_copies
            UNION ALL
            SELECT {CauseText("cause")}, hour_ms, {Keys}, type, counts, raw_clicks, counts * cost_micros
            FROM marks JOIN day_copies USING (partition, sequence))
        GROUP BY ALL
        """;

    private static string Hour => "event_time_ms - event_time_ms % 3600000";

    private string Fate =>
        $"""
        CASE WHEN {NotProcessed} THEN {(int)RecountCause.NotProcessed}
             WHEN event_time_ms - event_time_ms % 60000 + 60000 <= stream_time_ms - {SqlText.Of(cut.Policy.WindowGraceMs)} THEN {(int)RecountCause.TooLate}
             ELSE {(int)RecountCause.Truth} END
        """;

    /// <summary>Whether the stream had not come to a record yet; mostly a plain false, as it is ahead of the archive.</summary>
    private string NotProcessed => AnyOf(
        from partition in cut.Partitions
        where partition.PublishedSequence < partition.LastSequence
        select (partition.Partition, partition.PublishedSequence));

    private string Events(IReadOnlyList<string> files)
    {
        var hashes = plan.IsWhole(range) ? "true" : $"id_hash BETWEEN {SqlText.Of(range.First)} AND {SqlText.Of(range.Last)}";
        // A NonClick is never counted, and only moved the clock, which is in the stream time of the others.
        return files.Count == 0
            ? $"SELECT * FROM (SELECT {Nothing}) WHERE false"
            : $"SELECT * FROM read_parquet({SqlText.ListOf(files)}, hive_partitioning = false) WHERE type <> 3 AND {hashes} AND NOT ({AnyOf(plan.CutPartitions)})";
    }

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
