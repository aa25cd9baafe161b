using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;
using ClickFuncs.Local.Analytics.Final;
using ClickFuncs.Local.Analytics.Retention;

namespace ClickFuncs.Local.Analytics;

/// <summary>
/// What each tier of rows holds. Hours and days are rolled up before a boundary per width, except spans corrected since,
/// which are dirty until they are rolled up again.
/// </summary>
internal sealed record TierState
{
    /// <summary>Times that the hourly rows stand for: rolled up, not dirty, not deleted yet.</summary>
    internal IReadOnlyList<TimeRange> Hours { get; init; } = [];

    /// <summary>Times that the daily rows stand for, in the file or in the lake.</summary>
    internal IReadOnlyList<TimeRange> Days { get; init; } = [];

    /// <summary>Days that are final.</summary>
    internal IReadOnlyList<TimeRange> FinalDays { get; init; } = [];

    /// <summary>Months whose daily rows are in the lake.</summary>
    internal IReadOnlyList<ArchivedMonth> Archived { get; init; } = [];

    /// <summary>How far back minutes and hours go.</summary>
    internal KeptFrom Kept { get; init; }

    /// <summary>Reads it as of the connection's transaction.</summary>
    internal static TierState Read(DuckDbConnection connection)
    {
        var kept = KeptFrom.Read(connection);
        return new TierState
        {
            Hours = Clean(connection, Granularities.HourMs, kept.HoursMs),
            Days = Clean(connection, Granularities.DayMs, 0),
            FinalDays = FinalDayTable.Ranges(connection),
            Archived = ArchivedMonth.ReadAll(connection),
            Kept = kept,
        };
    }

    /// <summary>The boundary of one width; 0 before the first rollup.</summary>
    internal static long Through(DuckDbConnection connection, long widthMs)
    {
        using var statement = connection.Prepare("SELECT through_ms FROM rolled WHERE width_ms = $1");
        using var reader = statement.Bind(1, widthMs).Query();
        return reader.Read() ? reader.GetInt64(0) : 0;
    }

    private static List<TimeRange> Clean(DuckDbConnection connection, long widthMs, long fromMs)
    {
        var through = Through(connection, widthMs);
        return through <= fromMs ? [] : TimeRanges.Subtract([new TimeRange(fromMs, through)], DirtySpans.Read(connection, widthMs));
    }
}
