using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics;

/// <summary>Which windows have rows in <c>minute_log</c>: only there more than one version can exist.</summary>
internal static class TouchedWindows
{
    /// <summary>Reads them for keys that meet a filter, within the bounds of some ranges.</summary>
    internal static List<TimeRange> Read(DuckDbConnection connection, IReadOnlyList<TimeRange> ranges, Func<BoundSql, string> filter)
    {
        var sql = new BoundSql();
        var (from, to) = (sql.Add(ranges[0].FromMs), sql.Add(ranges[^1].ToMs));
        sql.Write($"SELECT DISTINCT start_ms FROM minute_log WHERE start_ms >= {from} AND start_ms < {to} AND {filter(sql)}");
        using var statement = sql.Prepare(connection);
        using var reader = statement.Query();
        var windows = new List<TimeRange>();
        while (reader.Read())
            windows.Add(new TimeRange(reader.GetInt64(0), reader.GetInt64(0) + Granularities.MinuteMs));
        return TimeRanges.Union(windows);
    }
}
