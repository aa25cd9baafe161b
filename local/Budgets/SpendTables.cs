using ClickFuncs.Budgets;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Budgets;

/// <summary>Reads and writes the spend within a transaction.</summary>
internal sealed class SpendTables(SqliteConnection connection, SqliteTransaction transaction)
{
    public SpendState Read(long token) => new(
        token,
        Rows(BudgetSchema.ReadCovered, row => new CoveredPartition(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2))),
        Rows(BudgetSchema.ReadMinutes, row => new SpendPartial(
            row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5))),
        Rows(BudgetSchema.ReadDays, row => new SealedSpend(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3))),
        Scalar(BudgetSchema.ReadThrough));

    public long Scalar(string statement)
    {
        using var command = Command(statement);
        return (long)command.ExecuteScalar()!;
    }

    public void Write(SpendCommit commit)
    {
        WriteAll(BudgetSchema.PutMinute, commit.Partials, (partial, command) => Bind(command, [
            ("$partition", partial.Partition), ("$minute", partial.MinuteStartMs), ("$campaign", partial.CampaignId),
            ("$currency", partial.Currency), ("$version", partial.Version), ("$micros", partial.SpendMicros)]));
        WriteAll(BudgetSchema.PutDay, commit.Sealed, (day, command) => Bind(command, [
            ("$day", day.Day), ("$campaign", day.CampaignId), ("$currency", day.Currency), ("$micros", day.Micros)]));
        WriteAll(BudgetSchema.Cover, commit.Covered, (covered, command) => Bind(command, [
            ("$partition", covered.Partition), ("$version", covered.Version), ("$sealed", covered.SealedMs)]));
        WriteAll(BudgetSchema.DropSealed, commit.Covered, (covered, command) => Bind(command, [
            ("$partition", covered.Partition), ("$sealed", covered.SealedMs)]));
        if (commit.ReadThrough is { } through)
            WriteAll(BudgetSchema.PutReadThrough, [through], (last, command) => Bind(command, [("$through", last)]));
        if (commit.ForgetBefore is { } day)
        {
            WriteAll(BudgetSchema.ForgetDays, [day], (before, command) => Bind(command, [("$day", before)]));
            WriteAll(BudgetSchema.ForgetMinutes, [day], (before, command) => Bind(command, [("$day", before)]));
        }
    }

    private void WriteAll<T>(string statement, IReadOnlyList<T> items, Action<T, SqliteCommand> bind)
    {
        if (items.Count == 0)
            return;
        using var command = Command(statement);
        foreach (var item in items)
        {
            bind(item, command);
            command.ExecuteNonQuery();
        }
    }

    private static void Bind(SqliteCommand command, ReadOnlySpan<(string Name, object Value)> values)
    {
        foreach (var (name, value) in values)
        {
            if (command.Parameters.Contains(name))
                command.Parameters[name].Value = value;
            else
                command.Parameters.AddWithValue(name, value);
        }
    }

    private List<T> Rows<T>(string statement, Func<SqliteDataReader, T> read)
    {
        using var command = Command(statement);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private SqliteCommand Command(string statement)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        // The texts are constants of BudgetSchema.
#pragma warning disable CA2100
        command.CommandText = statement;
#pragma warning restore CA2100
        return command;
    }
}
