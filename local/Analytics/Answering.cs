using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Analytics;

/// <summary>Answers queries: all statements of one see the same state.</summary>
internal sealed class Answering(NameTable names, TimeSpan idleTimeout, int maxPoints)
{
    internal AnalyticsAnswer Answer(DuckDbConnection connection, AnalyticsQuery query)
    {
        using var transaction = connection.BeginTransaction();
        var freshness = ReadFreshness(connection);
        var points = ReadPoints(connection, query);
        transaction.Commit();
        points.Sort(AnalyticsPointOrder.Instance);
        return new AnalyticsAnswer(
            CurrencyRule.Apply(points), OverallWatermark.Of(freshness, idleTimeout), OverallWatermark.AsOf(freshness));
    }

    private static List<PartitionFreshness> ReadFreshness(DuckDbConnection connection)
    {
        using var reader = connection.Query("SELECT watermark_ms, published_at_ms FROM partition_status");
        var partitions = new List<PartitionFreshness>();
        while (reader.Read())
            partitions.Add(new PartitionFreshness(reader.GetInt64(0), reader.GetInt64(1)));
        return partitions;
    }

    private List<AnalyticsPoint> ReadPoints(DuckDbConnection connection, AnalyticsQuery query)
    {
        // Rows begin in 1970. A window that starts within the range counts, so its bounds go up to whole minutes.
        var range = new TimeRange(
            Granularities.Ceiling(Math.Max(query.FromMs, 0), Granularities.MinuteMs),
            Granularities.Ceiling(Math.Max(query.ToMs, 0), Granularities.MinuteMs));

        // Nothing is final here: the nightly recount publishes elsewhere.
        if (query.Accuracy == Accuracy.Final || range.IsEmpty || KeyFilter.Of(query, names) is not { } filter)
            return [];
        var plan = ReadPlan.Of(
            range, query.Granularity, RollupState.Read(connection), rest => TouchedWindows.Read(connection, rest, filter.Bind));
        using var statement = Sql(query, plan, filter).Prepare(connection);
        using var reader = statement.Query();
        var points = new List<AnalyticsPoint>();
        while (reader.Read())
        {
            if (points.Count == maxPoints)
                throw AnalyticsLimitException.ForPoints(maxPoints);
            points.Add(ReadPoint(reader, query.GroupBy.Count));
        }

        return points;
    }

    private static BoundSql Sql(AnalyticsQuery query, ReadPlan plan, KeyFilter filter)
    {
        var sql = new BoundSql();
        var width = sql.Add(query.Granularity.WidthMs());
        var groups = string.Concat(query.GroupBy.Select(dimension => KeyFilter.Column(dimension) + ", "));
        sql.Write($"SELECT start_ms - start_ms % {width} AS point_ms, {groups}currency, {CountsSql.Sums} FROM ");
        CountsSql.WriteSource(sql, plan, filter.Bind(sql));
        return sql.Write($" GROUP BY point_ms, {groups}currency");
    }

    private AnalyticsPoint ReadPoint(DuckDbReader reader, int groups)
    {
        var group = new string[groups];
        for (var i = 0; i < groups; i++)
            group[i] = names[reader.GetInt32(i + 1)];
        var sums = groups + 2;
        var metrics = new WindowMetrics
        {
            Impressions = checked((long)reader.GetInt128(sums)),
            RawClicks = checked((long)reader.GetInt128(sums + 1)),
            Clicks = checked((long)reader.GetInt128(sums + 2)),
            Conversions = checked((long)reader.GetInt128(sums + 3)),
            SpendMicros = checked((long)reader.GetInt128(sums + 4)),
        };
        return new AnalyticsPoint(reader.GetInt64(0), group, names[reader.GetInt32(groups + 1)], metrics, Accuracy.Live);
    }
}
