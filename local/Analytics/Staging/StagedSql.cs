namespace ClickFuncs.Local.Analytics.Staging;

/// <summary>Reads of a staging table.</summary>
internal static class StagedSql
{
    /// <summary>The highest version of every row of a range.</summary>
    internal static string Newest(BoundSql sql, StagingArea area, TimeRange range) =>
        $"""
        SELECT partition, start_ms, {AnalyticsSchema.KeyColumns}, max(version) AS version, {CountsSql.Newest}
        FROM {area.Table} WHERE start_ms >= {sql.Add(range.FromMs)} AND start_ms < {sql.Add(range.ToMs)}
        GROUP BY partition, start_ms, {AnalyticsSchema.KeyColumns}
        """;

    /// <summary>Sums of those per span of a width and key, over partitions.</summary>
    internal static string Summed(BoundSql sql, StagingArea area, TimeRange range, long widthMs)
    {
        var width = sql.Add(widthMs);
        return $"""
            SELECT start_ms - start_ms % {width} AS start_ms, {AnalyticsSchema.KeyColumns}, {CountsSql.NamedSums} FROM ({Newest(sql, area, range)})
            GROUP BY start_ms - start_ms % {width}, {AnalyticsSchema.KeyColumns}
            """;
    }
}
