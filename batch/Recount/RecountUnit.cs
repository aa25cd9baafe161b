using ClickFuncs.Batch.Hashing;
using ClickFuncs.Batch.Judgement;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.DuckDb;

namespace ClickFuncs.Batch.Recount;

/// <summary>
/// Counts one share of a day's events in a database of its own. Which ids have several copies is found by the hash alone, over one
/// column; only these, and events that the stream may have left out, a few in a hundred, are compared by whole id and judged copy by
/// copy. All others are counted by one statement.
/// </summary>
internal sealed class RecountUnit(DayCut cut, string digest, RecountPlan plan, HashRange range, ScratchOptions scratch)
{
    private const int CopiesPerPortion = 65_536;

    /// <summary>Counts into a local Parquet file, which holds the digest of the cut.</summary>
    /// <param name="dayFiles">Local files with events of the day.</param>
    /// <param name="otherFiles">Local files with events of other days.</param>
    /// <param name="flagged">Local files with the clicks that came too fast.</param>
    /// <param name="target">The file to write.</param>
    /// <param name="judged">The file to write the clicks to that were judged again; none is written when the cut has no rules.</param>
    /// <param name="cancellationToken">Interrupts the statement that runs.</param>
    /// <returns>Rows of the file, and copies whose verdict hangs on what is further back than the plan looks.</returns>
    internal (long Rows, long Unsure) Count(
        IReadOnlyList<string> dayFiles, IReadOnlyList<string> otherFiles, IReadOnlyList<string> flagged, string target, string judged,
        CancellationToken cancellationToken)
    {
        using var database = new ScratchDatabase(scratch);
        var sql = new RecountSql(cut, plan, range);
        WriteQuarantined(database.Connection);
        database.Execute(sql.DayEvents(dayFiles), cancellationToken);
        database.Execute(sql.OtherEvents(otherFiles), cancellationToken);
        database.Execute(RecountSql.Ids, cancellationToken);
        database.Execute(sql.Judged, cancellationToken);
        database.Execute(RecountSql.DayCopies, cancellationToken);
        database.Execute(sql.Copies, cancellationToken);
        var unsure = Judge(database, cancellationToken);
        JudgeAgain(database, sql, flagged, judged, cancellationToken);
        database.Execute(RecountSql.Counts, cancellationToken);
        return (database.Execute(RecountSql.Write(target, digest), cancellationToken), unsure);
    }

    private void JudgeAgain(ScratchDatabase database, RecountSql sql, IReadOnlyList<string> flagged, string judged, CancellationToken cancellationToken)
    {
        if (cut.Rules is not { } rules)
        {
            database.Execute(JudgedSql.None, cancellationToken);
            return;
        }

        database.Execute(JudgedSql.Flagged(flagged, sql.Hashes), cancellationToken);
        database.Execute(new JudgedSql(rules).Rejudged, cancellationToken);
        database.Execute(JudgedSql.Write(judged, digest), cancellationToken);
    }

    private void WriteQuarantined(DuckDbConnection connection)
    {
        connection.Execute("CREATE TEMP TABLE quarantined (partition INTEGER, sequence BIGINT)");
        using var insert = connection.Prepare("INSERT INTO quarantined VALUES ($1, $2)");
        foreach (var record in cut.Quarantined)
            insert.Bind(1, record.Partition).Bind(2, record.Sequence).Execute();
    }

    private long Judge(ScratchDatabase database, CancellationToken cancellationToken)
    {
        database.Execute(RecountSql.Marks, cancellationToken);
        using var writer = new MarkWriter(database.Connection);
        var judge = new CopyJudge(cut.Policy, plan.Day, plan.MemoryStartMs, writer.Pending);
        var judging = new CopyJudging(judge);
        var total = database.QueryNumber("SELECT count(*) FROM copies", cancellationToken);
        for (var row = 0L; row < total; row += CopiesPerPortion)
        {
            using var reader = database.Query(RecountSql.CopiesFrom(row, CopiesPerPortion), cancellationToken);
            while (reader.Read())
                judging.Add(reader);
            writer.Write();
        }

        judging.End();
        writer.Flush();
        return judging.Copies == total
            ? judge.Unsure
            : throw new InvalidOperationException($"{judging.Copies} of {total} copies were read back. Nothing was counted.");
    }
}
