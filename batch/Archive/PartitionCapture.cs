using ClickFuncs.Lake;
using ClickFuncs.Log;
using ClickFuncs.Telemetry;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Batch.Archive;

/// <summary>
/// Keeps a partition archived. Whatever fails ends the session, and a new one starts from what the lake holds, for ever: the log keeps what is
/// not archived. A gap is an alarm and is never skipped: archiving stands still until somebody restores what is lost.
/// </summary>
public sealed partial class PartitionCapture
{
    private readonly FlushRequests _flushes = new();
    private readonly ILogReader _log;
    private readonly ILake _lake;
    private readonly ArchiveOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private volatile Exception? _failure;
    private volatile bool _isRunning;
    private long _next;

    internal PartitionCapture(int partition, ILogReader log, ILake lake, ArchiveOptions options, TimeProvider time, ILogger logger) =>
        (Partition, _log, _lake, _options, _time, _logger) = (partition, log, lake, options, time, logger);

    /// <summary>The partition.</summary>
    public int Partition { get; }

    /// <summary>Last record that is in a capture file; -1 if none is, or while it is not known yet.</summary>
    public long Position => Volatile.Read(ref _next) - 1;

    /// <summary>What archiving fails with now; null while it works.</summary>
    public Exception? Failure => _failure;

    /// <summary>Archives until cancelled; then closes the open file with what the log held.</summary>
    internal Task RunAsync(CancellationToken stopping)
    {
        // Before the task begins: who has called this may ask for a flush at once.
        _isRunning = true;
        return ArchiveAsync(stopping);
    }

    /// <summary>Closes the open file now, so that everything up to a record is archived.</summary>
    /// <param name="position">The record; it must be on the log.</param>
    /// <param name="cancellationToken">Stops waiting, not archiving.</param>
    /// <exception cref="InvalidOperationException">Nothing archives the partition now.</exception>
    internal async Task FlushAsync(long position, CancellationToken cancellationToken)
    {
        var end = _log.GetRange(Partition).Next - 1;
        if (position > end)
            throw new ArgumentOutOfRangeException(nameof(position), FormattableString.Invariant($"Partition {Partition} can't be archived up to record {position}: the log ends at {end}."));
        if (position <= Position)
            return;
        var done = _flushes.AddAsync(position + 1);
        // It may have stopped before the request was there to be failed.
        if (!_isRunning)
            _flushes.Fail(Stopped());
        await done.WaitAsync(cancellationToken);
    }

    private async Task ArchiveAsync(CancellationToken stopping)
    {
        try
        {
            // Off the caller's path, and in the caller's context if it has one: a simulation owns all that runs.
            await Task.Yield();
            while (!stopping.IsCancellationRequested)
                await RunSessionAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Nothing had come since the last file, or it was waiting to try again.
        }
        finally
        {
            _isRunning = false;
            _flushes.Fail(Stopped());
        }
    }

    private async Task RunSessionAsync(CancellationToken stopping)
    {
        try
        {
            var session = await CaptureSession.OpenAsync(Partition, _log, _lake, _options, _flushes, _time, stopping);
            if (session is { IsFirst: true, Next: > 0 })
                LogBeginsLate(Partition, session.Next);
            Note(session);
            bool isLast;
            do
            {
                // Told to stop between two files, it still makes one of what has come since; but not one after the other.
                isLast = stopping.IsCancellationRequested;
                await session.WriteFileAsync(stopping);
                Note(session);
            }
            while (!isLast);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            Report(failure);
            // Somebody who wants it archived now makes it try at once, and learns how that ends.
            await _flushes.WaitAsync(_options.RetryDelay, _time, stopping);
        }
    }

    private void Note(CaptureSession session)
    {
        Volatile.Write(ref _next, session.Next);
        _failure = null;
        _flushes.Answer(session.Next);
    }

    private void Report(Exception failure)
    {
        _failure = failure;
        var isGap = failure is ArchiveGapException or LogGapException;
        ArchiveInstruments.Failures.Add(1, new("partition", Partition), new("reason", isGap ? "gap" : "other"));
        if (isGap)
            LogGap(failure, Partition);
        else
            LogFailed(failure, Partition, _options.RetryDelay);
        _flushes.Fail(failure);
    }

    private InvalidOperationException Stopped() => new($"Nothing archives partition {Partition} now. Start the host, or run the verb that does it.");

    [LoggerMessage(6001, LogLevel.Warning, "The archive of partition {Partition} begins with record {First}: the log no longer held those before.")]
    private partial void LogBeginsLate(int partition, long first);

    [LoggerMessage(6002, LogLevel.Error, "Archiving partition {Partition} failed; it goes on from what the lake holds in {Delay}.")]
    private partial void LogFailed(Exception failure, int partition, TimeSpan delay);

    [LoggerMessage(6003, LogLevel.Critical, "Partition {Partition} is archived no further: records are lost.")]
    private partial void LogGap(Exception failure, int partition);
}
