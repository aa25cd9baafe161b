using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;

namespace ClickFuncs.Local.Analytics.Final;

/// <summary>
/// Publishes the final rows of one day. They come in batches, between which the stream goes on publishing; so they are
/// gathered in a temporary table, which a crash leaves nothing of, and swapped in by one transaction. Used by the writer only.
/// </summary>
internal sealed class FinalPublishing(NameTable names, FinalDay day)
{
    private const string Incoming = "incoming_final";

    private readonly long _dayEndMs = day.DayStartMs + Granularities.DayMs;

    /// <summary>Starts with an empty table.</summary>
    internal static void Begin(DuckDbConnection connection) =>
        connection.Execute($"CREATE OR REPLACE TEMP TABLE {Incoming} ({AnalyticsSchema.SummedColumns})");

    /// <summary>Drops what was gathered.</summary>
    internal static void End(DuckDbConnection connection) => connection.Execute($"DROP TABLE IF EXISTS {Incoming}");

    /// <summary>Adds a batch.</summary>
    /// <exception cref="ArgumentException">A row is no hour of the day.</exception>
    internal void Gather(DuckDbConnection connection, IReadOnlyList<AnalyticsRow> batch)
    {
        using var appender = connection.CreateAppender(Incoming);
        for (var next = 0; next < batch.Count;)
        {
            var columns = new SummedColumns(appender);
            var rows = Math.Min(appender.Capacity, batch.Count - next);
            for (var at = 0; at < rows; at++, next++)
            {
                var row = batch[next];
                FinalDayRule.CheckHour(day.DayStartMs, row.StartMs);
                columns.Set(at, row.StartMs, KeyNumbers.Intern(row.Key, names), row.Metrics);
            }

            appender.Append(rows);
        }

        appender.Flush();
    }

    /// <summary>Makes the gathered rows the day's final ones, by the hour and by the day, unless its revision is there already.</summary>
    /// <exception cref="ArgumentException">An hour and key came twice.</exception>
    internal void Swap(DuckDbConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        if (FinalDayTable.Revision(connection, day.DayStartMs) >= day.Revision)
            return;
        RequireDistinct(connection);
        connection.Execute(
            $"""
            DELETE FROM final_hour WHERE start_ms >= {day.DayStartMs} AND start_ms < {_dayEndMs};
            DELETE FROM final_day WHERE start_ms = {day.DayStartMs};
            INSERT INTO final_day BY NAME SELECT {day.DayStartMs}::BIGINT AS start_ms, {AnalyticsSchema.KeyColumns}, {CountsSql.NamedSums}
            FROM {Incoming} GROUP BY {AnalyticsSchema.KeyColumns} ORDER BY advertiser;
            """);

        // Of a day whose hours retention has deleted, the hours would come back for this day alone.
        if (day.DayStartMs >= KeptFrom.Read(connection).HoursMs)
            connection.Execute($"INSERT INTO final_hour BY NAME SELECT * FROM {Incoming} ORDER BY advertiser, start_ms");
        names.Write(connection);
        FinalDayTable.Set(connection, day);
        transaction.Commit();
        names.MarkDurable();
    }

    private void RequireDistinct(DuckDbConnection connection)
    {
        using var reader = connection.Query(
            $"SELECT 1 FROM {Incoming} GROUP BY start_ms, {AnalyticsSchema.KeyColumns} HAVING count(*) > 1 LIMIT 1");
        if (reader.Read())
            throw FinalDayRule.Repeated(day.DayStartMs);
    }
}
