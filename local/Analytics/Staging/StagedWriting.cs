using ClickFuncs.DuckDb;
using ClickFuncs.Windows;

namespace ClickFuncs.Local.Analytics.Staging;

/// <summary>Adds rows to a staging area: every version, the highest of which counts. Used by the writer only.</summary>
internal sealed class StagedWriting(NameTable names, RowAppender rows)
{
    /// <summary>Adds row sets in one transaction.</summary>
    /// <returns>Rows added.</returns>
    internal long Add(DuckDbConnection connection, string area, IReadOnlyList<WindowRowSet> sets, CancellationToken cancellationToken)
    {
        using var transaction = connection.BeginTransaction();
        var staged = StagingAreas.Ensure(connection, area);
        var added = rows.Append(connection, staged.Table, sets, (_, _) => true, cancellationToken);
        WritePositions(connection, staged, sets);
        names.Write(connection);
        cancellationToken.ThrowIfCancellationRequested();
        transaction.Commit();
        names.MarkDurable();
        return added;
    }

    // How far the backfill has read, also where that gave no rows: up to there it speaks for the stream.
    private static void WritePositions(DuckDbConnection connection, StagingArea area, IReadOnlyList<WindowRowSet> sets)
    {
        foreach (var partition in sets.GroupBy(set => set.Partition, set => set.Version))
        {
            connection.Execute(FormattableString.Invariant(
                $"INSERT INTO staged_position VALUES ({area.Id}, {partition.Key}, {partition.Max()})"));
        }
    }
}
