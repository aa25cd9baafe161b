using ClickFuncs.DuckDb;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Analytics;

/// <summary>Writes the query that a <see cref="ReadPlan"/> stands for: rows of key columns and counts, each minute counted once.</summary>
internal static class CountsSql
{
    /// <summary>Sums of the counts over whatever is grouped; HUGEINT, so that they can't overflow.</summary>
    internal const string Sums = "sum(impressions), sum(raw_clicks), sum(clicks), sum(conversions), sum(spend_micros), "
        + "sum(invalid_clicks), sum(over_budget_clicks)";

    /// <summary><see cref="Sums"/>, under the names of the counts.</summary>
    internal const string NamedSums =
        """
        sum(impressions) AS impressions, sum(raw_clicks) AS raw_clicks, sum(clicks) AS clicks, sum(conversions) AS conversions,
        sum(spend_micros) AS spend_micros, sum(invalid_clicks) AS invalid_clicks, sum(over_budget_clicks) AS over_budget_clicks
        """;

    /// <summary>For one partition, window and key: the counts of the highest version.</summary>
    internal const string Newest =
        """
        arg_max(impressions, version) AS impressions, arg_max(raw_clicks, version) AS raw_clicks, arg_max(clicks, version) AS clicks,
        arg_max(conversions, version) AS conversions, arg_max(spend_micros, version) AS spend_micros,
        arg_max(invalid_clicks, version) AS invalid_clicks, arg_max(over_budget_clicks, version) AS over_budget_clicks
        """;

    private const string Columns = $"start_ms, {AnalyticsSchema.KeyColumns}, {AnalyticsSchema.MetricColumns}";

    private const string Versioned = $"partition, version, {Columns}";

    // Up to this many ranges each get a scan of their own, which skips all row groups outside it.
    private const int MaxScans = 8;

    /// <summary>Writes the source, in parentheses.</summary>
    /// <param name="sql">Where to.</param>
    /// <param name="plan">What to read from where.</param>
    /// <param name="filter">Condition on key columns that every row must meet, such as <c>advertiser = $1</c>.</param>
    internal static void WriteSource(BoundSql sql, ReadPlan plan, string filter)
    {
        // A plan may be empty; its source still has columns.
        sql.Write($"(SELECT {Columns} FROM minute WHERE false");
        WriteScans(sql, "final_day", plan.FinalDays, filter);
        WriteScans(sql, "final_hour", plan.FinalHours, filter);
        WriteScans(sql, "minute", plan.Minutes, filter);
        WriteScans(sql, "hour", plan.Hours, filter);
        WriteScans(sql, "day", plan.Days, filter);
        if (plan.Corrected.Count > 0)
        {
            sql.Write($" UNION ALL SELECT {Columns} FROM (SELECT start_ms, {AnalyticsSchema.KeyColumns}, {Newest} FROM (SELECT {Versioned} FROM minute WHERE false");
            WriteScans(sql, "minute", plan.Corrected, filter, Versioned);
            WriteScans(sql, "minute_log", plan.Corrected, filter, Versioned);
            sql.Write($") GROUP BY partition, start_ms, {AnalyticsSchema.KeyColumns})");
        }

        sql.Write(")");
    }

    /// <summary>Reads <see cref="Sums"/> from seven columns.</summary>
    /// <exception cref="OverflowException">A sum is beyond 64 bits: no sum of money is.</exception>
    internal static WindowMetrics ReadSums(DuckDbReader reader, int first) => new()
    {
        Impressions = checked((long)reader.GetInt128(first)),
        RawClicks = checked((long)reader.GetInt128(first + 1)),
        Clicks = checked((long)reader.GetInt128(first + 2)),
        Conversions = checked((long)reader.GetInt128(first + 3)),
        SpendMicros = checked((long)reader.GetInt128(first + 4)),
        InvalidClicks = checked((long)reader.GetInt128(first + 5)),
        OverBudgetClicks = checked((long)reader.GetInt128(first + 6)),
    };

    private static void WriteScans(BoundSql sql, string table, IReadOnlyList<TimeRange> ranges, string filter, string columns = Columns)
    {
        if (ranges.Count > MaxScans)
        {
            WriteJoin(sql, table, ranges, filter, columns);
            return;
        }

        foreach (var range in ranges)
            sql.Write($" UNION ALL SELECT {columns} FROM {table} WHERE {Within(sql, range)} AND {filter}");
    }

    // The ranges are disjoint: a row meets at most one of them.
    private static void WriteJoin(BoundSql sql, string table, IReadOnlyList<TimeRange> ranges, string filter, string columns)
    {
        var all = new TimeRange(ranges[0].FromMs, ranges[^1].ToMs);
        sql.Write($" UNION ALL SELECT {columns} FROM (SELECT * FROM {table} WHERE {Within(sql, all)} AND {filter})");
        sql.Write($" JOIN (SELECT unnest({sql.Add(ranges.Select(range => range.FromMs))}) AS from_ms,");
        sql.Write($" unnest({sql.Add(ranges.Select(range => range.ToMs))}) AS to_ms) ON start_ms >= from_ms AND start_ms < to_ms");
    }

    private static string Within(BoundSql sql, TimeRange range) =>
        $"start_ms >= {sql.Add(range.FromMs)} AND start_ms < {sql.Add(range.ToMs)}";
}
