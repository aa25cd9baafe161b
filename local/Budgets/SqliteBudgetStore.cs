using ClickFuncs.Budgets;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Budgets;

/// <summary>
/// Budgets and spend in one SQLite file. Write-ahead logging with full sync: a budget that was accepted is there after a power cut.
/// Several processes may share the file, such as a host and a verb that sets a budget. One connection, one call at a time.
/// </summary>
internal sealed class SqliteBudgetStore : IBudgetStore, ISpendStore, IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Opens the file, or makes it.</summary>
    public SqliteBudgetStore(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        using var command = _connection.CreateCommand();
        command.CommandText = BudgetSchema.Open;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public ValueTask<StoredBudget> PutAsync(CampaignBudget budget, long? expectedVersion, CancellationToken cancellationToken)
    {
        BudgetRules.Check(budget);
        return InTransactionAsync(transaction =>
        {
            var stored = Query(transaction, BudgetSchema.Find, budget.CampaignId).SingleOrDefault();
            BudgetWriteRule.Require(budget, stored, expectedVersion);
            if (stored?.Budget == budget)
                return stored;
            var written = new StoredBudget(budget, new SpendTables(_connection, transaction).Scalar(BudgetSchema.Version) + 1);
            Write(transaction, written);
            return written;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<StoredBudget?> FindAsync(string campaignId, CancellationToken cancellationToken) =>
        InTransactionAsync(transaction => Query(transaction, BudgetSchema.Find, campaignId).SingleOrDefault(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredBudget>> ListAsync(CancellationToken cancellationToken) =>
        InTransactionAsync<IReadOnlyList<StoredBudget>>(transaction => Query(transaction, BudgetSchema.List, null), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> GetVersionAsync(CancellationToken cancellationToken) =>
        InTransactionAsync(transaction => new SpendTables(_connection, transaction).Scalar(BudgetSchema.Version), cancellationToken);

    /// <summary>What is committed of spend, without taking it over.</summary>
    public ValueTask<SpendState> ReadAsync(CancellationToken cancellationToken) =>
        InTransactionAsync(transaction =>
        {
            var tables = new SpendTables(_connection, transaction);
            return tables.Read(tables.Scalar(BudgetSchema.Token));
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<SpendState> TakeOverAsync(CancellationToken cancellationToken) =>
        InTransactionAsync(transaction =>
        {
            var tables = new SpendTables(_connection, transaction);
            return tables.Read(tables.Scalar(BudgetSchema.TakeOver));
        }, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask CommitAsync(long token, SpendCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        await InTransactionAsync(transaction =>
        {
            var tables = new SpendTables(_connection, transaction);
            if (tables.Scalar(BudgetSchema.Token) != token)
                throw new SpendTakenOverException(token);
            tables.Write(commit);
            return true;
        }, cancellationToken);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _gate.Dispose();
    }

    private async ValueTask<T> InTransactionAsync<T>(Func<SqliteTransaction, T> action, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // A transaction that is not committed is taken back when it is disposed.
            using var transaction = _connection.BeginTransaction();
            var result = action(transaction);
            transaction.Commit();
            return result;
        }
        finally
        {
            _gate.Release();
        }
    }

    private List<StoredBudget> Query(SqliteTransaction transaction, string statement, string? campaignId)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The texts are constants of BudgetSchema.
        command.CommandText = statement;
#pragma warning restore CA2100
        if (campaignId is not null)
            command.Parameters.AddWithValue("$campaign", campaignId);
        using var reader = command.ExecuteReader();
        var budgets = new List<StoredBudget>();
        while (reader.Read())
            budgets.Add(BudgetRow.Read(reader));
        return budgets;
    }

    private void Write(SqliteTransaction transaction, StoredBudget stored)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = BudgetSchema.Put;
        BudgetRow.Bind(command, stored);
        command.ExecuteNonQuery();
    }
}
