using ClickFuncs.Batch.Hashing;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;

namespace ClickFuncs.Bench.Recount;

/// <summary>Plain DuckDB SQL that deduplicates a bucket by whole id and adds it up, in the two ways one would write it; it explains nothing.</summary>
internal static class RecountYardstick
{
    private const string Sums =
        "count(*) FILTER (type = 1) AS impressions, count(*) FILTER (type = 0) AS clicks, count(*) FILTER (type = 2) AS conversions, sum(cost_micros) FILTER (type = 0)::BIGINT AS spend_micros";

    private const string Window =
        $$"""
        SELECT event_time_ms - event_time_ms % 3600000 AS hour_ms, {{RecountSql.Keys}}, {{Sums}}
        FROM (FROM read_parquet({0}, hive_partitioning = false) WHERE type <> 3
            QUALIFY row_number() OVER (PARTITION BY type, click_id ORDER BY event_time_ms, partition, sequence) = 1)
        GROUP BY ALL
        """;

    private const string Aggregate =
        $$"""
        SELECT first.event_time_ms - first.event_time_ms % 3600000 AS hour_ms, first.advertiser_id, first.campaign_id, first.ad_group_id,
            first.ad_id, first.creative_id, first.currency, first.device, first.country,
            count(*) FILTER (type = 1) AS impressions, count(*) FILTER (type = 0) AS clicks, count(*) FILTER (type = 2) AS conversions,
            sum(first.cost_micros) FILTER (type = 0)::BIGINT AS spend_micros
        FROM (SELECT type, click_id, arg_min(columns, (columns.event_time_ms, columns.partition, columns.sequence)) AS first
            FROM (SELECT type, click_id, struct_pack(event_time_ms, partition, sequence, {{RecountSql.Keys}}, cost_micros) AS columns
                FROM read_parquet({0}, hive_partitioning = false) WHERE type <> 3)
            GROUP BY type, click_id)
        GROUP BY ALL
        """;

    internal static IReadOnlyList<(string Name, string Sql)> Ways { get; } = [("row_number", Window), ("arg_min", Aggregate)];

    /// <summary>Counts all buckets one after the other; the totals are what the recount must have found too.</summary>
    internal static (long Clicks, long SpendMicros) Count(string sql, RecountPlan plan, string folder, ScratchOptions scratch)
    {
        var (clicks, spend) = (0L, 0L);
        for (var bucket = 0; bucket < plan.Buckets; bucket++)
        {
            using var database = new ScratchDatabase(scratch);
            var files = plan.DayFiles(new HashRange(bucket, plan.Buckets)).Select(file => Path.Combine(folder, file.Path));
            database.Execute("CREATE TEMP TABLE counts AS " + sql.Replace("{0}", SqlText.ListOf(files), StringComparison.Ordinal), CancellationToken.None);
            database.Execute($"COPY (FROM counts ORDER BY ALL) TO {SqlText.Of(Path.Combine(database.Folder, "counts.parquet"))} (FORMAT parquet)", CancellationToken.None);
            clicks += database.QueryNumber("SELECT sum(clicks)::BIGINT FROM counts", CancellationToken.None);
            spend += database.QueryNumber("SELECT sum(spend_micros)::BIGINT FROM counts", CancellationToken.None);
        }

        return (clicks, spend);
    }
}
