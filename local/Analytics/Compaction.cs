using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics;

/// <summary>
/// Moves windows from <c>minute_log</c>, which holds every published version, to <c>minute</c>, which holds the newest.
/// A step is one transaction over whole windows, oldest first: a query sees all of it or nothing.
/// </summary>
internal static class Compaction
{
    private const string Row = $"partition, start_ms, {AnalyticsSchema.KeyColumns}, version, {AnalyticsSchema.MetricColumns}";

    /// <summary>Compacts windows that have at least <paramref name="maxRows"/> rows together, or all.</summary>
    /// <returns>Rows taken from the log; 0 when it was empty.</returns>
    internal static long Step(DuckDbConnection connection, int maxRows)
    {
        using var transaction = connection.BeginTransaction();
        if (FindEnd(connection, maxRows) is not { } lastWindow)
            return 0;

        // Ordered by advertiser first: a query asks for one, and the windows of a step lie close together anyway.
        Run(
            connection,
            lastWindow,
            $"""
            CREATE OR REPLACE TEMP TABLE compacted AS
            SELECT partition, start_ms, {AnalyticsSchema.KeyColumns}, max(version) AS version, {CountsSql.Newest}
            FROM (
                SELECT {Row} FROM minute SEMI JOIN (SELECT DISTINCT partition, start_ms FROM minute_log WHERE start_ms <= $1) USING (partition, start_ms)
                UNION ALL
                SELECT {Row} FROM minute_log WHERE start_ms <= $1)
            GROUP BY partition, start_ms, {AnalyticsSchema.KeyColumns}
            ORDER BY advertiser, start_ms
            """);
        Run(
            connection,
            lastWindow,
            "DELETE FROM minute WHERE (partition, start_ms) IN (SELECT DISTINCT partition, start_ms FROM minute_log WHERE start_ms <= $1)");
        var taken = Run(connection, lastWindow, "DELETE FROM minute_log WHERE start_ms <= $1");
        connection.Execute($"INSERT INTO minute BY NAME SELECT {Row} FROM compacted");
        connection.Execute("DROP TABLE compacted");
        transaction.Commit();
        return taken;
    }

    private static long? FindEnd(DuckDbConnection connection, int maxRows)
    {
        using var windows = connection.Query("SELECT start_ms, count(*) FROM minute_log GROUP BY start_ms ORDER BY start_ms");
        long? end = null;
        for (var rows = 0L; rows < maxRows && windows.Read(); rows += windows.GetInt64(1))
            end = windows.GetInt64(0);
        return end;
    }

    private static long Run(DuckDbConnection connection, long lastWindow, string sql)
    {
        using var statement = connection.Prepare(sql);
        return statement.Bind(1, lastWindow).Execute();
    }
}
