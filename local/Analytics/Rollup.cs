using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics;

/// <summary>
/// Sums minutes up to hours and hours to days, over all partitions. A step is one transaction: the sums, and that they now
/// stand for their minutes, become true together. A correction afterwards marks its hour and day dirty; here they are
/// summed again.
/// </summary>
internal sealed class Rollup(Granularity granularity)
{
    private readonly long _width = granularity.WidthMs();
    private readonly string _table = granularity == Granularity.Hour ? "hour" : "day";

    /// <summary>Rolls up the dirty spans, or else the next day that has rows, before a time.</summary>
    /// <returns>Whether there may be more to do.</returns>
    internal bool Step(DuckDbConnection connection, long throughMs)
    {
        using var transaction = connection.BeginTransaction();
        var through = TierState.Through(connection, _width);
        var dirty = DirtySpans.Read(connection, _width).Where(span => span.FromMs < throughMs).ToList();
        if (dirty.Count > 0)
        {
            Replace(connection, Slice(dirty[0]));
            transaction.Commit();
            return true;
        }

        var target = Granularities.Floor(throughMs, _width);
        if (target <= through)
            return false;
        var end = FindEnd(connection, through, target);
        Replace(connection, new TimeRange(through, end));
        Run(connection, new TimeRange(_width, end), "UPDATE rolled SET through_ms = $2 WHERE width_ms = $1");
        transaction.Commit();
        return end < target;
    }

    /// <summary>The span from <paramref name="through"/> to the end of the first day after it that has rows: one step's work.</summary>
    private static long FindEnd(DuckDbConnection connection, long through, long target)
    {
        using var statement = connection.Prepare(
            """
            SELECT coalesce(min(start_ms), $2::BIGINT) FROM (
                SELECT min(start_ms) AS start_ms FROM minute WHERE start_ms >= $1 AND start_ms < $2
                UNION ALL SELECT min(start_ms) FROM minute_log WHERE start_ms >= $1 AND start_ms < $2)
            """);
        using var reader = statement.Bind(1, through).Bind(2, target).Query();
        reader.Read();
        return Math.Min(target, Granularities.Floor(reader.GetInt64(0), Granularities.DayMs) + Granularities.DayMs);
    }

    // Dirty spans that touch are one range here; a day of it is one step's work.
    private static TimeRange Slice(TimeRange range) =>
        range with { ToMs = Math.Min(range.ToMs, Granularities.Floor(range.FromMs, Granularities.DayMs) + Granularities.DayMs) };

    private void Replace(DuckDbConnection connection, TimeRange range)
    {
        var finer = TierState.Read(connection) with { Days = [] };
        if (granularity == Granularity.Hour)
            finer = finer with { Hours = [] };
        Run(connection, range, $"DELETE FROM {_table} WHERE start_ms >= $1 AND start_ms < $2");
        var plan = ReadPlan.Of(range, Granularity.Hour, Accuracy.Live, finer, rest => TouchedWindows.Read(connection, rest, _ => "true"));
        var sql = new BoundSql();
        var width = sql.Add(_width);
        sql.Write($"INSERT INTO {_table} BY NAME SELECT start_ms - start_ms % {width} AS start_ms, {AnalyticsSchema.KeyColumns}, {CountsSql.NamedSums} FROM ");
        CountsSql.WriteSource(sql, plan, "true");
        sql.Write($" GROUP BY start_ms - start_ms % {width}, {AnalyticsSchema.KeyColumns} ORDER BY advertiser, 1");
        sql.Execute(connection);
        Run(
            connection,
            range,
            FormattableString.Invariant($"DELETE FROM dirty WHERE width_ms = {_width} AND start_ms >= $1 AND start_ms < $2"));
    }

    private static void Run(DuckDbConnection connection, TimeRange range, string sql)
    {
        using var statement = connection.Prepare(sql);
        statement.Bind(1, range.FromMs).Bind(2, range.ToMs).Execute();
    }
}
