using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics;

/// <summary>
/// Hours and days whose sums no longer hold, since something finer changed: queries go to the finer rows until the span is
/// rolled up again. A span whose finer rows retention has deleted is never dirty: its sum is all there is of it, and summing
/// again would make it zero.
/// </summary>
internal static class DirtySpans
{
    /// <summary>Condition on a dirty <c>span</c>: what it is summed from is still there. Hours are summed from minutes, days from hours.</summary>
    internal const string FinerAreKept = "start_ms >= " + FinerKeptFrom;

    private const string FinerKeptFrom =
        "(SELECT from_ms FROM kept WHERE kept.width_ms = CASE span.width_ms WHEN 3600000 THEN 60000 ELSE 3600000 END)";

    /// <summary>The dirty spans of one width before its boundary.</summary>
    internal static List<TimeRange> Read(DuckDbConnection connection, long widthMs)
    {
        using var statement = connection.Prepare(
            $"SELECT start_ms FROM dirty span WHERE width_ms = $1 AND {FinerAreKept}");
        using var reader = statement.Bind(1, widthMs).Query();
        var spans = new List<TimeRange>();
        while (reader.Read())
            spans.Add(new TimeRange(reader.GetInt64(0), reader.GetInt64(0) + widthMs));
        return TimeRanges.Union(spans);
    }

    /// <summary>Marks the hours and days of these hours. One that is not rolled up yet needs no mark.</summary>
    internal static void Mark(DuckDbConnection connection, IReadOnlyCollection<long> hours)
    {
        if (hours.Count == 0)
            return;
        var sql = new BoundSql();
        sql.Write(
            $"""
            INSERT INTO dirty
            SELECT DISTINCT width_ms, hour_ms - hour_ms % width_ms AS span_ms
            FROM rolled span, (SELECT unnest({sql.Add(hours)}) AS hour_ms)
            WHERE hour_ms < through_ms AND hour_ms >= {FinerKeptFrom} AND NOT EXISTS (
                SELECT 1 FROM dirty WHERE dirty.width_ms = span.width_ms AND dirty.start_ms = hour_ms - hour_ms % span.width_ms)
            """);
        sql.Execute(connection);
    }
}
