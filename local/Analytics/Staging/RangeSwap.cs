using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics.Staging;

/// <summary>Puts staged rows in the place of published ones, in one transaction. Months of the range that are in the lake must be taken back before.</summary>
internal static class RangeSwap
{
    /// <summary>Applies an area to a range of whole hours, and drops it.</summary>
    /// <returns>False when that was done before.</returns>
    /// <exception cref="StagingAreaMissingException">There is no such area.</exception>
    /// <exception cref="AnalyticsExpiredException">The range cuts through a day of which only the day is kept.</exception>
    internal static bool Run(DuckDbConnection connection, string name, TimeRange range)
    {
        using var transaction = connection.BeginTransaction();
        if (StagingAreas.Find(connection, name) is not { } area)
            return StagingAreas.IsApplied(connection, name, range) ? false : throw new StagingAreaMissingException(name);
        var tiers = StagedTiers.Of(range, KeptFrom.Read(connection));
        if (!tiers.Minutes.IsEmpty)
            ReplaceMinutes(connection, area, tiers.Minutes);
        if (!tiers.Hours.IsEmpty)
            ReplaceSums(connection, area, tiers.Hours, "hour", Granularities.HourMs);
        if (!tiers.Days.IsEmpty)
            ReplaceSums(connection, area, tiers.Days, "day", Granularities.DayMs);
        DirtySpans.Mark(connection, Hours(range));
        StagingAreas.Drop(connection, area);
        StagingAreas.NoteApplied(connection, name, range);
        transaction.Commit();
        return true;
    }

    private static void ReplaceMinutes(DuckDbConnection connection, StagingArea area, TimeRange range)
    {
        ReplacedRanges.Add(connection, area, range);
        Delete(connection, "minute", range);
        Delete(connection, "minute_log", range);
        var sql = new BoundSql();
        sql.Write($"INSERT INTO minute BY NAME {StagedSql.Newest(sql, area, range)} ORDER BY advertiser, start_ms").Execute(connection);
    }

    // The finer rows are gone, and with them whatever could overtake these.
    private static void ReplaceSums(DuckDbConnection connection, StagingArea area, TimeRange range, string target, long widthMs)
    {
        Delete(connection, target, range);
        var sql = new BoundSql();
        sql.Write($"INSERT INTO {target} BY NAME {StagedSql.Summed(sql, area, range, widthMs)} ORDER BY advertiser, 1").Execute(connection);
    }

    private static void Delete(DuckDbConnection connection, string table, TimeRange range) => connection.Execute(
        FormattableString.Invariant($"DELETE FROM {table} WHERE start_ms >= {range.FromMs} AND start_ms < {range.ToMs}"));

    private static List<long> Hours(TimeRange range)
    {
        var hours = new List<long>();
        for (var hour = range.FromMs; hour < range.ToMs; hour += Granularities.HourMs)
            hours.Add(hour);
        return hours;
    }
}
