using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;
using ClickFuncs.Local.Analytics.Retention;

namespace ClickFuncs.Local.Analytics;

/// <summary>Answers queries: all statements of one see the same state.</summary>
internal sealed class Answering(NameTable names, TimeSpan idleTimeout, int maxPoints)
{
    /// <summary>Answers a query.</summary>
    /// <param name="connection">A reading one.</param>
    /// <param name="query">The question.</param>
    /// <param name="files">Files of the lake that were fetched for it.</param>
    /// <returns>Null when it takes files that are not fetched; they are noted in <paramref name="files"/>.</returns>
    internal AnalyticsAnswer? Answer(DuckDbConnection connection, AnalyticsQuery query, FetchedFiles files)
    {
        using var transaction = connection.BeginTransaction();
        var freshness = ReadFreshness(connection);
        var points = ReadPoints(connection, query, files);
        transaction.Commit();
        if (points is null)
            return null;
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

    private List<AnalyticsPoint>? ReadPoints(DuckDbConnection connection, AnalyticsQuery query, FetchedFiles files)
    {
        // Rows begin in 1970. A window that starts within the range counts, so its bounds go up to whole minutes.
        var range = new TimeRange(
            Granularities.Ceiling(Math.Max(query.FromMs, 0), Granularities.MinuteMs),
            Granularities.Ceiling(Math.Max(query.ToMs, 0), Granularities.MinuteMs));
        if (range.IsEmpty)
            return [];
        var filter = KeyFilter.Of(query, names);
        var tiers = TierState.Read(connection);

        // Planned even when no row can match: what is asked for is refused whatever there is of it.
        var plan = ReadPlan.Of(
            range, query.Granularity, query.Accuracy, tiers,
            rest => filter is null ? [] : TouchedWindows.Read(connection, rest, filter.Bind));
        if (filter is null || plan.IsEmpty)
            return [];
        var archive = ArchiveRead.Of(plan, tiers.Archived);
        if (!files.Have(archive.Paths))
            return null;
        var points = new List<AnalyticsPoint>();
        if (archive.Paths.Count > 0)
            Read(connection, archive.Sql(query, files), query, plan, points, (reader, column) => reader.GetString(column));
        Read(connection, Sql(query, plan, filter), query, plan, points, (reader, column) => names[reader.GetInt32(column)]);
        return points;
    }

    private void Read(
        DuckDbConnection connection, BoundSql sql, AnalyticsQuery query, ReadPlan plan, List<AnalyticsPoint> points,
        Func<DuckDbReader, int, string> name)
    {
        using var statement = sql.Prepare(connection);
        using var reader = statement.Query();
        while (reader.Read())
        {
            if (points.Count == maxPoints)
                throw AnalyticsLimitException.ForPoints(maxPoints);
            var (start, groups) = (reader.GetInt64(0), query.GroupBy.Count);
            var group = new string[groups];
            for (var i = 0; i < groups; i++)
                group[i] = name(reader, i + 1);
            var isLive = TimeRanges.Overlap(plan.Live, new TimeRange(start, start + query.Granularity.WidthMs()));
            points.Add(new AnalyticsPoint(
                start, group, name(reader, groups + 1), CountsSql.ReadSums(reader, groups + 2), isLive ? Accuracy.Live : Accuracy.Final));
        }
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
}
