using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;
using ClickFuncs.Local.Analytics.Staging;

namespace ClickFuncs.Local.Analytics.Retention;

/// <summary>Finds the next month to move to the lake.</summary>
internal static class ArchiveDue
{
    /// <summary>
    /// The oldest month in the file that ended before the hot period, and of which nothing finer is left that its days could
    /// be summed from again. None while a backfill is being prepared: it may want the rows where they are.
    /// </summary>
    internal static TimeRange? Find(DuckDbConnection connection, int hotDays)
    {
        using var transaction = connection.BeginTransaction();
        if (WatermarkSpan.Read(connection) is not { } watermarks || StagingAreas.List(connection).Count > 0)
            return null;
        var due = Math.Min(watermarks.NewestMs - (hotDays * Granularities.DayMs), KeptFrom.Read(connection).HoursMs);
        using var reader = connection.Query("SELECT least((SELECT min(start_ms) FROM day), (SELECT min(start_ms) FROM final_day))");
        if (!reader.Read() || reader.IsNull(0))
            return null;
        var month = ArchivedMonth.Of(reader.GetInt64(0));
        return month.ToMs <= due ? month : null;
    }
}
