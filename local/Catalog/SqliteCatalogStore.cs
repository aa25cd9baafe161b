using ClickFuncs.Catalog;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Catalog;

/// <summary>
/// The catalog in one SQLite file. Write-ahead logging with full sync: an ad that was accepted is there after a power
/// cut. Several processes may share the file. One connection, one call at a time: writes are rare, and the version is
/// read from an index in microseconds.
/// </summary>
internal sealed class SqliteCatalogStore : ICatalogStore, IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Opens the file, or makes it.</summary>
    public SqliteCatalogStore(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        Execute(SqliteCatalogStatements.Open);
    }

    public ValueTask<long> UpsertAsync(IReadOnlyCollection<CatalogAd> ads, CancellationToken cancellationToken) =>
        WriteAsync(ads, SqliteCatalogStatements.Upsert, cancellationToken);

    public ValueTask<long> AddMissingAsync(IReadOnlyCollection<CatalogAd> ads, CancellationToken cancellationToken) =>
        WriteAsync(ads, SqliteCatalogStatements.AddMissing, cancellationToken);

    public async ValueTask<long> GetVersionAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return ReadVersion(null);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask<CatalogChanges> ReadChangesAsync(long sinceVersion, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // One read transaction, so that the version and the ads are of the same moment.
            using var transaction = _connection.BeginTransaction(deferred: true);
            var version = ReadVersion(transaction);
            return new CatalogChanges(version, ReadAds(transaction, sinceVersion));
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _connection.Dispose();
        _gate.Dispose();
    }

    private async ValueTask<long> WriteAsync(IReadOnlyCollection<CatalogAd> ads, string statement, CancellationToken cancellationToken)
    {
        CatalogAdRules.CheckAll(ads);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            var before = ReadVersion(transaction);
            using var command = SqliteCatalogStatements.Prepare(_connection, transaction, statement, before + 1);
            foreach (var ad in ads)
            {
                SqliteCatalogStatements.Bind(command, ad);
                command.ExecuteNonQuery();
            }

            RefuseTheft(transaction, ads, statement);
            transaction.Commit();
            return ReadVersion(null);
        }
        finally
        {
            _gate.Release();
        }
    }

    // The upsert leaves an ad of another advertiser as it is; here the whole write is taken back for it.
    private void RefuseTheft(SqliteTransaction transaction, IReadOnlyCollection<CatalogAd> ads, string statement)
    {
        if (statement == SqliteCatalogStatements.AddMissing)
            return;
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = SqliteCatalogStatements.Owner;
        var id = command.Parameters.Add("$ad", SqliteType.Text);
        foreach (var ad in ads)
        {
            id.Value = ad.AdId;
            if ((string)command.ExecuteScalar()! != ad.AdvertiserId)
                throw new CatalogConflictException($"Ad '{ad.AdId}' belongs to another advertiser than '{ad.AdvertiserId}'. Make a new ad instead.");
        }
    }

    private List<CatalogAd> ReadAds(SqliteTransaction transaction, long sinceVersion)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = SqliteCatalogStatements.Changes;
        command.Parameters.AddWithValue("$since", sinceVersion);
        using var reader = command.ExecuteReader();
        var ads = new List<CatalogAd>();
        while (reader.Read())
            ads.Add(SqliteCatalogStatements.Read(reader));
        return ads;
    }

    private long ReadVersion(SqliteTransaction? transaction)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = SqliteCatalogStatements.Version;
        return (long)command.ExecuteScalar()!;
    }

    private void Execute(string statement)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
