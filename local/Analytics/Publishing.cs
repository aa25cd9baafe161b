using ClickFuncs.DuckDb;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Analytics;

/// <summary>Appends published rows to <c>minute_log</c>, with everything that has to be true at the same moment. Used by the writer only.</summary>
internal sealed class Publishing(NameTable names, RowAppender rows)
{
    /// <summary>Publishes row sets in one transaction.</summary>
    /// <returns>Rows that came after their minute was deleted and are not taken; repetitions not counted.</returns>
    internal long Publish(
        DuckDbConnection connection, IReadOnlyList<WindowRowSet> sets, long publishedAtMs, CancellationToken cancellationToken)
    {
        using var transaction = connection.BeginTransaction();
        var gate = PublishGate.Read(connection);
        rows.Append(connection, "minute_log", sets, gate.Accepts, cancellationToken);
        var expired = gate.CountExpired(connection);
        names.Write(connection);
        WriteStatus(connection, sets, publishedAtMs);
        DirtySpans.Mark(connection, gate.CorrectedHours);
        cancellationToken.ThrowIfCancellationRequested();
        transaction.Commit();
        names.MarkDurable();
        return expired;
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
}
