using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics.Staging;

/// <summary>Finds where staged and published counts differ, at the finest width that is kept of each time.</summary>
internal static class Comparison
{
    private const int BatchRows = 4096;

    private static readonly string[] Metrics = AnalyticsSchema.MetricColumns.Split(", ");

    private static readonly string Counts = string.Join(
        ", ", Metrics.Select(metric => $"coalesce(published.{metric}, 0)").Concat(Metrics.Select(metric => $"coalesce(staged.{metric}, 0)")));

    private static readonly string Differ = string.Join(
        " OR ", Metrics.Select(metric => $"coalesce(published.{metric}, 0) <> coalesce(staged.{metric}, 0)"));

    /// <summary>Compares a range of whole hours; all batches see the same state.</summary>
    /// <exception cref="StagingAreaMissingException">There is no such area.</exception>
    internal static IEnumerable<IReadOnlyList<StagedDifference>> Read(DuckDbConnection connection, string name, TimeRange range, NameTable names)
    {
        using var transaction = connection.BeginTransaction();
        var area = StagingAreas.Find(connection, name) ?? throw new StagingAreaMissingException(name);
        var state = TierState.Read(connection);
        var tiers = StagedTiers.Of(range, state.Kept);
        foreach (var (part, width) in ((TimeRange, Granularity)[])
            [(tiers.Days, Granularity.Day), (tiers.Hours, Granularity.Hour), (tiers.Minutes, Granularity.Minute)])
        {
            if (part.IsEmpty)
                continue;
            var plan = ReadPlan.Of(part, width, Accuracy.Live, state, rest => TouchedWindows.Read(connection, rest, _ => "true"));
            using var statement = Sql(plan, area, part, width).Prepare(connection);
            using var reader = statement.QueryStreaming();
            foreach (var batch in Batches(reader, width, names))
                yield return batch;
        }
    }

    private static IEnumerable<IReadOnlyList<StagedDifference>> Batches(DuckDbReader reader, Granularity width, NameTable names)
    {
        const int firstCount = 1 + KeyNumbers.Length;
        var batch = new List<StagedDifference>();
        while (reader.Read())
        {
            batch.Add(new StagedDifference(
                reader.GetInt64(0), KeyNumbers.Read(reader, 1, names),
                CountsSql.ReadSums(reader, firstCount), CountsSql.ReadSums(reader, firstCount + Metrics.Length)) { Width = width });
            if (batch.Count < BatchRows)
                continue;
            yield return batch;
            batch = [];
        }

        if (batch.Count > 0)
            yield return batch;
    }

    private static BoundSql Sql(ReadPlan plan, StagingArea area, TimeRange part, Granularity granularity)
    {
        var sql = new BoundSql();
        var width = sql.Add(granularity.WidthMs());
        sql.Write($"SELECT start_ms, {AnalyticsSchema.KeyColumns}, {Counts} FROM (");
        sql.Write($"SELECT start_ms - start_ms % {width} AS start_ms, {AnalyticsSchema.KeyColumns}, {CountsSql.NamedSums} FROM ");
        CountsSql.WriteSource(sql, plan, "true");
        sql.Write($" GROUP BY start_ms - start_ms % {width}, {AnalyticsSchema.KeyColumns}) published FULL JOIN (");
        sql.Write(StagedSql.Summed(sql, area, part, granularity.WidthMs()));
        return sql.Write($") staged USING (start_ms, {AnalyticsSchema.KeyColumns}) WHERE {Differ}");
    }
}
