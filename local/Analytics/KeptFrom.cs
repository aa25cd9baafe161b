using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics;

/// <summary>From when on fine rows are kept: what lies before was deleted and is told by coarser rows only. Whole days.</summary>
/// <param name="MinutesMs">Minutes, milliseconds since the Unix epoch.</param>
/// <param name="HoursMs">Hours, of the stream and of the recount; never after <paramref name="MinutesMs"/>.</param>
internal readonly record struct KeptFrom(long MinutesMs, long HoursMs)
{
    /// <summary>Reads it as of the connection's transaction.</summary>
    internal static KeptFrom Read(DuckDbConnection connection)
    {
        using var reader = connection.Query("SELECT width_ms, from_ms FROM kept");
        var kept = default(KeptFrom);
        while (reader.Read())
        {
            kept = reader.GetInt64(0) == Granularities.MinuteMs
                ? kept with { MinutesMs = reader.GetInt64(1) }
                : kept with { HoursMs = reader.GetInt64(1) };
        }

        return kept;
    }
}
