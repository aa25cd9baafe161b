using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics.Final;

/// <summary>Which days are final, and in which revision.</summary>
internal static class FinalDayTable
{
    /// <summary>The days, ascending.</summary>
    internal static List<FinalDay> Read(DuckDbConnection connection)
    {
        var days = new List<FinalDay>();
        using var reader = connection.Query("SELECT day_ms, revision FROM final_day_revision ORDER BY day_ms");
        while (reader.Read())
            days.Add(new FinalDay(reader.GetInt64(0), reader.GetInt32(1)));
        return days;
    }

    /// <summary>The revision of a day; 0 when it is not final.</summary>
    internal static int Revision(DuckDbConnection connection, long dayStartMs)
    {
        using var statement = connection.Prepare("SELECT revision FROM final_day_revision WHERE day_ms = $1");
        using var reader = statement.Bind(1, dayStartMs).Query();
        return reader.Read() ? reader.GetInt32(0) : 0;
    }

    /// <summary>Notes a revision, in place of an earlier one.</summary>
    internal static void Set(DuckDbConnection connection, FinalDay day) => connection.Execute(FormattableString.Invariant(
        $"DELETE FROM final_day_revision WHERE day_ms = {day.DayStartMs}; INSERT INTO final_day_revision VALUES ({day.DayStartMs}, {day.Revision})"));
}
