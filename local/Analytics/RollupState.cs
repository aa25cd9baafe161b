using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics;

/// <summary>
/// Which hours and days the coarse tables hold: everything before a boundary per width, except spans corrected since,
/// which are dirty until they are rolled up again.
/// </summary>
internal sealed record RollupState(IReadOnlyList<TimeRange> Hours, IReadOnlyList<TimeRange> Days)
{
    /// <summary>Reads it as of the connection's transaction.</summary>
    internal static RollupState Read(DuckDbConnection connection) =>
        new(Clean(connection, Granularities.HourMs), Clean(connection, Granularities.DayMs));

    /// <summary>The boundary of one width; 0 before the first rollup.</summary>
    internal static long Through(DuckDbConnection connection, long widthMs)
    {
        using var statement = connection.Prepare("SELECT through_ms FROM rolled WHERE width_ms = $1");
        using var reader = statement.Bind(1, widthMs).Query();
        return reader.Read() ? reader.GetInt64(0) : 0;
    }

    /// <summary>The dirty spans of one width before its boundary.</summary>
    internal static List<TimeRange> Dirty(DuckDbConnection connection, long widthMs)
    {
        using var statement = connection.Prepare("SELECT start_ms FROM dirty WHERE width_ms = $1");
        using var reader = statement.Bind(1, widthMs).Query();
        var spans = new List<TimeRange>();
        while (reader.Read())
            spans.Add(new TimeRange(reader.GetInt64(0), reader.GetInt64(0) + widthMs));
        return TimeRanges.Union(spans);
    }

    private static List<TimeRange> Clean(DuckDbConnection connection, long widthMs)
    {
        var through = Through(connection, widthMs);
        return through == 0 ? [] : TimeRanges.Subtract([new TimeRange(0, through)], Dirty(connection, widthMs));
    }
}
