using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Analytics;

/// <summary>Appends published rows to <c>minute_log</c>, with everything that has to be true at the same moment. Used by the writer only.</summary>
internal sealed class Publishing(NameTable names, KeyCache keys)
{
    private readonly HashSet<long> _correctedHours = [];

    /// <summary>Publishes row sets in one transaction.</summary>
    /// <returns>Rows appended.</returns>
    internal long Publish(
        DuckDbConnection connection, IReadOnlyList<WindowRowSet> sets, long publishedAtMs, CancellationToken cancellationToken)
    {
        using var transaction = connection.BeginTransaction();
        var hoursThrough = RollupState.Through(connection, Granularities.HourMs);
        _correctedHours.Clear();
        var rows = AppendRows(connection, sets, hoursThrough, cancellationToken);
        names.Write(connection);
        WriteStatus(connection, sets, publishedAtMs);
        MarkDirty(connection);
        cancellationToken.ThrowIfCancellationRequested();
        transaction.Commit();
        names.MarkDurable();
        return rows;
    }

    private long AppendRows(
        DuckDbConnection connection, IReadOnlyList<WindowRowSet> sets, long hoursThrough, CancellationToken cancellationToken)
    {
        using var appender = connection.CreateAppender("minute_log");
        var columns = new MinuteColumns(appender);
        var (filled, total, lastHour) = (0, 0L, -1L);
        for (var i = 0; i < sets.Count; i++)
        {
            var set = sets[i];
            foreach (ref readonly var row in set.Rows)
            {
                if (row.WindowStartMs < 0 || row.WindowStartMs % Granularities.MinuteMs != 0)
                    throw new ArgumentException($"A window starts at {row.WindowStartMs} ms, which is no whole minute since 1970.", nameof(sets));
                if (row.WindowStartMs < hoursThrough && row.WindowStartMs / Granularities.HourMs != lastHour)
                {
                    lastHour = row.WindowStartMs / Granularities.HourMs;
                    _correctedHours.Add(lastHour * Granularities.HourMs);
                }

                columns.Set(filled, set.Partition, set.Version, row, keys.Find(set.GetKey(row)));
                if (++filled == appender.Capacity)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    appender.Append(filled);
                    columns = new MinuteColumns(appender);
                    (total, filled) = (total + filled, 0);
                }
            }
        }

        appender.Append(filled);
        appender.Flush();
        return total + filled;
    }

    // Published again, an old version changes nothing: not the watermark, and not how fresh the answer claims to be.
    // Two statements for all partitions: a statement costs its planning, whatever it changes.
    private static void WriteStatus(DuckDbConnection connection, IReadOnlyList<WindowRowSet> sets, long publishedAtMs)
    {
        WindowRowSet[] newest = [.. sets.GroupBy(set => set.Partition).Select(sets => sets.MaxBy(set => set.Version)!)];
        var update = new BoundSql();
        update.Write(
            $"""
            UPDATE partition_status SET version = new.version, watermark_ms = new.watermark_ms, published_at_ms = new.published_at_ms
            FROM ({Values(update, newest, publishedAtMs)}) new
            WHERE partition_status.partition = new.partition AND partition_status.version < new.version
            """).Execute(connection);
        var insert = new BoundSql();
        insert.Write(
            $"""
            INSERT INTO partition_status SELECT new.* FROM ({Values(insert, newest, publishedAtMs)}) new
            WHERE new.partition NOT IN (SELECT partition FROM partition_status)
            """).Execute(connection);
    }

    private static string Values(BoundSql sql, IReadOnlyList<WindowRowSet> sets, long publishedAtMs) =>
        $"""
        SELECT unnest({sql.Add(sets.Select(set => (long)set.Partition))})::INTEGER AS partition,
            unnest({sql.Add(sets.Select(set => set.Version))}) AS version,
            unnest({sql.Add(sets.Select(set => set.WatermarkMs))}) AS watermark_ms,
            {sql.Add(publishedAtMs)}::BIGINT AS published_at_ms
        """;

    // An hour that is not rolled up yet needs no mark; nor does its day, which is rolled up after it.
    private void MarkDirty(DuckDbConnection connection)
    {
        if (_correctedHours.Count == 0)
            return;
        var sql = new BoundSql();
        sql.Write(
            $"""
            INSERT INTO dirty
            SELECT DISTINCT width_ms, hour_ms - hour_ms % width_ms AS span_ms
            FROM rolled, (SELECT unnest({sql.Add(_correctedHours)}) AS hour_ms)
            WHERE hour_ms < through_ms AND NOT EXISTS (
                SELECT 1 FROM dirty WHERE dirty.width_ms = rolled.width_ms AND dirty.start_ms = hour_ms - hour_ms % rolled.width_ms)
            """);
        sql.Execute(connection);
    }
}
