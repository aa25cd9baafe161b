using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Analytics;

/// <summary>Appends window rows with their versions to a table made of <see cref="AnalyticsSchema.VersionedColumns"/>. Used by the writer only.</summary>
internal sealed class RowAppender(KeyCache keys)
{
    /// <summary>Appends the rows of sets, within the connection's transaction.</summary>
    /// <param name="connection">The writing one.</param>
    /// <param name="table">Where to.</param>
    /// <param name="sets">The rows.</param>
    /// <param name="accepts">Whether a set's window is taken; by its start.</param>
    /// <param name="cancellationToken">Stops between chunks; roll back then.</param>
    /// <returns>Rows appended.</returns>
    /// <exception cref="ArgumentException">A window is no whole minute.</exception>
    internal long Append(
        DuckDbConnection connection, string table, IReadOnlyList<WindowRowSet> sets, Func<WindowRowSet, long, bool> accepts,
        CancellationToken cancellationToken)
    {
        using var appender = connection.CreateAppender(table);
        var columns = new MinuteColumns(appender);
        var (filled, total) = (0, 0L);
        for (var i = 0; i < sets.Count; i++)
        {
            var set = sets[i];
            foreach (ref readonly var row in set.Rows)
            {
                if (row.WindowStartMs < 0 || row.WindowStartMs % Granularities.MinuteMs != 0)
                    throw new ArgumentException($"A window starts at {row.WindowStartMs} ms, which is no whole minute since 1970.", nameof(sets));
                if (!accepts(set, row.WindowStartMs))
                    continue;
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
}
