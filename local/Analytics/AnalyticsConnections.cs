using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ClickFuncs.DuckDb;
using ClickFuncs.Local.Storage;

namespace ClickFuncs.Local.Analytics;

/// <summary>
/// The open file: one connection to write, a few to read. DuckDB's calls block, so each runs on a thread of the pool, and
/// who finds no free connection waits without one. Writing has a thread that yields to requests.
/// </summary>
internal sealed class AnalyticsConnections : IAsyncDisposable
{
    private readonly FileStream _lock;
    private readonly YieldingThread _thread;
    private readonly DuckDbDatabase _database;
    private readonly DuckDbConnection _writer;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentBag<DuckDbConnection> _readers;
    private readonly SemaphoreSlim _reading;
    private readonly int _readerCount;
    private bool _disposed;

    private AnalyticsConnections(FileStream fileLock, YieldingThread thread, DuckDbDatabase database, int readers)
    {
        (_lock, _thread, _database, _readerCount) = (fileLock, thread, database, readers);
        _writer = database.Connect();
        _readers = [.. Enumerable.Range(0, readers).Select(_ => database.Connect())];
        _reading = new SemaphoreSlim(readers, readers);
    }

    /// <summary>Opens or creates <c>analytics.duckdb</c> in a folder.</summary>
    /// <exception cref="AnalyticsStoreException">Somebody else has it open, or it is not such a file.</exception>
    internal static async Task<AnalyticsConnections> OpenAsync(string directory, DuckDbAnalyticsOptions options)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "analytics.duckdb");
        var fileLock = Lock(directory, path);
        var thread = new YieldingThread("analytics writer");
        try
        {
            // Opened there, so that DuckDB's own threads inherit the priority.
            return await thread.RunAsync(() => new AnalyticsConnections(fileLock, thread, OpenDatabase(path, options), options.Readers));
        }
        catch (DuckDbException e)
        {
            thread.Dispose();
            await fileLock.DisposeAsync();
            throw new AnalyticsStoreException($"The analytics store {path} can't be opened: {e.Message}", e);
        }
    }

    private static DuckDbDatabase OpenDatabase(string path, DuckDbAnalyticsOptions options) => DuckDbDatabase.Open(
        path,
        ("threads", FormattableString.Invariant($"{options.Threads}")),
        ("memory_limit", FormattableString.Invariant($"{options.MemoryMiB}MiB")),
        ("checkpoint_threshold", FormattableString.Invariant($"{options.CheckpointMiB}MiB")),
        ("preserve_insertion_order", "false"));

    /// <summary>Runs work on the writing connection, one at a time, in order of arrival.</summary>
    /// <remarks>Work that has begun is not cancelled: a commit that was interrupted could be there or not.</remarks>
    internal async Task<T> WriteAsync<T>(Func<DuckDbConnection, T> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await _thread.RunAsync(() => work(_writer));
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    internal async Task WriteAsync(Action<DuckDbConnection> work, CancellationToken cancellationToken) =>
        await WriteAsync(connection => Done(work, connection), cancellationToken);

    /// <inheritdoc cref="ReadAsync{T}"/>
    internal async Task ReadAsync(Action<DuckDbConnection> work, CancellationToken cancellationToken) =>
        await ReadAsync(connection => Done(work, connection), cancellationToken);

    /// <summary>Runs work on a reading connection; cancelling interrupts its statement.</summary>
    internal async Task<T> ReadAsync<T>(Func<DuckDbConnection, T> work, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        if (!_readers.TryTake(out var reader))
            throw new InvalidOperationException("There is a place to read, but no connection.");
        try
        {
            return await Task.Run(() => Read(reader, work, cancellationToken), cancellationToken);
        }
        finally
        {
            _readers.Add(reader);
            _reading.Release();
        }
    }

    /// <summary>
    /// Runs work that yields results on a reading connection, which it keeps until the last one is taken; cancelling
    /// interrupts its statement.
    /// </summary>
    internal async IAsyncEnumerable<T> StreamAsync<T>(
        Func<DuckDbConnection, IEnumerable<T>> work, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        if (!_readers.TryTake(out var reader))
            throw new InvalidOperationException("There is a place to read, but no connection.");
        try
        {
            using var results = work(reader).GetEnumerator();
            while (await Task.Run(() => Read(reader, _ => results.MoveNext(), cancellationToken), cancellationToken))
                yield return results.Current;
        }
        finally
        {
            _readers.Add(reader);
            _reading.Release();
        }
    }

    /// <summary>Waits for what is running, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        await _writing.WaitAsync();
        for (var i = 0; i < _readerCount; i++)
            await _reading.WaitAsync();
        foreach (var reader in _readers)
            reader.Dispose();
        _writer.Dispose();
        _database.Dispose();
        _thread.Dispose();
        _writing.Dispose();
        _reading.Dispose();
        await _lock.DisposeAsync();
    }

    // DuckDB locks its file against other processes, not against this one; this lock does both.
    private static FileStream Lock(string directory, string path)
    {
        try
        {
            return new FileStream(Path.Combine(directory, "analytics.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new AnalyticsStoreException(
                $"The analytics store {path} is in use: stop the other ClickFuncs that uses this data folder, or ask it over HTTP.", e);
        }
    }

    private static bool Done(Action<DuckDbConnection> work, DuckDbConnection connection)
    {
        work(connection);
        return true;
    }

    private static T Read<T>(DuckDbConnection reader, Func<DuckDbConnection, T> work, CancellationToken cancellationToken)
    {
        using var interrupt = cancellationToken.UnsafeRegister(static it => ((DuckDbConnection)it!).Interrupt(), reader);
        try
        {
            return work(reader);
        }
        catch (DuckDbException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }
}
