using ClickFuncs.Ledger;
using ClickFuncs.Local.Storage;
using ClickFuncs.Telemetry;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace ClickFuncs.Local.Ledger;

/// <summary>
/// The ledger in one SQLite file. Write-ahead logging with full sync: what was posted is there after a power cut, and what
/// was being posted is there in full or not at all. Several processes may use the file, such as a host and a verb that
/// enters a payment: a write waits for the other's. One connection, one call at a time; a post takes a sync of the disk.
/// </summary>
internal sealed partial class SqliteLedger : ILedger, IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly LedgerReader _reader;
    private readonly LedgerWriter _writer;
    private readonly ILogger<SqliteLedger> _logger;
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="logger">Where it logs.</param>
    /// <param name="atStep">Called between the steps of a post, for tests that end it there.</param>
    /// <exception cref="LedgerCorruptException">The file has a newer format, is damaged or is something else.</exception>
    public SqliteLedger(SqliteLedgerOptions options, ILogger<SqliteLedger> logger, Action<string>? atStep = null)
    {
        _logger = logger;
        _connection = Open(options);
        _reader = new LedgerReader(_connection);
        _writer = new LedgerWriter(_connection, _reader, atStep);
    }

    /// <inheritdoc/>
    public async ValueTask<LedgerPosted> PostAsync(
        JournalId journal, IReadOnlyList<LedgerPosting> postings, JournalHead? expected, CancellationToken cancellationToken)
    {
        var (append, limit) = await InTurnAsync(() => _writer.Post(journal, postings, expected), cancellationToken);
        var balance = new JournalBalance(append.Head, limit);
        Report(append, balance);
        return new LedgerPosted(append.Entries, append.Added.Count, balance);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LedgerEntry>> ReadJournalAsync(
        JournalId journal, long fromSequence, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await InTurnAsync(() => _reader.ReadPage(journal, fromSequence, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LedgerEntry>> ReadClickDayAsync(JournalId journal, DateOnly clickDay, CancellationToken cancellationToken) =>
        await InTurnAsync(() => _reader.ReadClickDay(journal, clickDay), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<LedgerEntry?> FindAsync(JournalId journal, string entryId, CancellationToken cancellationToken) =>
        InTurnAsync(() => _reader.Find(journal, entryId), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<JournalHead>> ListJournalsAsync(CancellationToken cancellationToken) =>
        await InTurnAsync(_reader.ListJournals, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<JournalBalance> GetBalanceAsync(JournalId journal, CancellationToken cancellationToken) => InTurnAsync(
        () => _reader.FindJournal(journal) is { } found
            ? new JournalBalance(found.Head, found.Limit)
            : new JournalBalance(JournalHead.Empty(journal), CreditLimit.Unlimited),
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SetCreditLimitAsync(JournalId journal, CreditLimit limit, CancellationToken cancellationToken)
    {
        await InTurnAsync(
            () =>
            {
                _writer.SetLimit(journal, limit);
                return true;
            },
            cancellationToken);
        LogLimit(journal.AdvertiserId, journal.Currency, limit.Micros);
    }

    /// <inheritdoc/>
    public async ValueTask<LedgerSeal> SealAsync(CancellationToken cancellationToken) =>
        // The heads are one statement's result, so they are of one moment.
        LedgerSeal.Of(await ListJournalsAsync(cancellationToken));

    /// <summary>Checks everything that is stored, and against the seals. Nobody may post meanwhile.</summary>
    /// <returns>A sentence per finding; none when all is well.</returns>
    public async ValueTask<IReadOnlyList<string>> VerifyAsync(IReadOnlyCollection<LedgerSeal> seals, CancellationToken cancellationToken)
    {
        try
        {
            return
            [
                .. await InTurnAsync(_reader.FindDamage, cancellationToken),
                .. await new LedgerVerification(this, seals).RunAsync(cancellationToken),
            ];
        }
        catch (SqliteException failure)
        {
            return ["ledger.db: " + failure.Message];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _connection.Dispose();
        _gate.Dispose();
    }

    private void Report(JournalAppend append, JournalBalance balance)
    {
        if (append.Added.Count == 0)
            return;
        var (journal, owed) = (append.Head.Journal, append.Head.BalanceMicros);
        foreach (var kind in append.Added.CountBy(entry => entry.Posting.Kind))
            LedgerInstruments.Entries.Add(kind.Value, new KeyValuePair<string, object?>("kind", kind.Key.Name()));
        LogPosted(journal.AdvertiserId, journal.Currency, append.Added.Count, append.Head.Count, owed);
        if (!balance.IsOverLimit)
            return;
        LedgerInstruments.OverLimit.Add(1);
        LogOverLimit(journal.AdvertiserId, journal.Currency, owed, balance.Limit.Micros);
    }

    private async ValueTask<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return work();
        }
        finally
        {
            _gate.Release();
        }
    }

    private static SqliteConnection Open(SqliteLedgerOptions options)
    {
        var seconds = (int)Math.Ceiling(options.BusyTimeout.TotalSeconds);
        var text = new SqliteConnectionStringBuilder { DataSource = options.Path, Pooling = false, ForeignKeys = true, DefaultTimeout = seconds };
        var connection = new SqliteConnection(text.ToString());
        try
        {
            connection.Open();
            _ = raw.sqlite3_busy_timeout(connection.Handle, (int)options.BusyTimeout.TotalMilliseconds);
            using (var pragma = LedgerReader.Command(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"))
                pragma.ExecuteNonQuery();
            LedgerSchema.Ensure(connection, options.Path);
            // A commit is worth nothing if the file's name is gone after a power cut.
            DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(options.Path))!);
            return connection;
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode is raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT)
        {
            connection.Dispose();
            throw new LedgerCorruptException($"{options.Path} can't be read as a database ({failure.Message}); restore it from a copy.");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
