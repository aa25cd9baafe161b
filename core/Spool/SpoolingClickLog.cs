using System.Buffers;
using System.Collections.Concurrent;
using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Telemetry;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Spool;

/// <summary>
/// The click log with a spool behind it: an append that the log fails, or has not answered by the deadline, is made durable in the spool
/// instead, and completes then. While the log is away everything goes straight to the spool. <see cref="SpoolDrain"/> brings it back.
/// </summary>
/// <remarks>While the log is healthy an append costs one copy of its event: no timer, nothing allocated. One sweep for all looks for
/// what is overdue. Overload is not failure: a <see cref="LogOverloadedException"/> is passed on.</remarks>
public sealed partial class SpoolingClickLog : IClickLog
{
    // A tick is a fifth of the deadline, so what is overdue waits between 1 and 1.2 deadlines.
    private const int TicksPerDeadline = 5;

    private static readonly KeyValuePair<string, object?> Failed = new("reason", "failed");
    private static readonly KeyValuePair<string, object?> Overdue = new("reason", "overdue");
    private static readonly KeyValuePair<string, object?> AwayReason = new("reason", "away");

    private readonly IClickLog _log;
    private readonly ISpool _spool;
    private readonly SpoolOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentQueue<SpoolableAppend> _free = new();
    private readonly Lock _gate = new();
    private volatile SpoolableAppend?[] _all = [];
    private volatile Exception? _failure;
    private volatile int _mode;
    private long _tick;
    private long _tickMs;
    private long _awaySince;
    private int _doubts;
    private int _made;

    /// <summary>Begins with the log, or, if something waits in the spool, behind that.</summary>
    public SpoolingClickLog(IClickLog log, ISpool spool, SpoolOptions options, TimeProvider time, ILogger<SpoolingClickLog> logger)
    {
        ArgumentNullException.ThrowIfNull(spool);
        ArgumentNullException.ThrowIfNull(options);
        (_log, _spool, _options, _time, _logger) = (log, spool, options, time, logger);
        _mode = (int)(spool.Size.Records > 0 ? SpoolMode.Draining : SpoolMode.Direct);
        (_tickMs, _awaySince) = (time.GetUtcNow().ToUnixTimeMilliseconds(), time.GetTimestamp());
    }

    /// <inheritdoc/>
    public int PartitionCount => _log.PartitionCount;

    /// <summary>Where events go now.</summary>
    public SpoolMode Mode => (SpoolMode)_mode;

    /// <summary>What the log failed with last; null while events go to it.</summary>
    public Exception? Failure => _failure;

    /// <summary>How often <see cref="Sweep"/> is to be called.</summary>
    public TimeSpan SweepInterval => _options.Deadline / TicksPerDeadline;

    /// <summary>Whether the log still owes answers to appends that were spooled meanwhile: whether it has them is not known yet.</summary>
    public bool IsInDoubt => Volatile.Read(ref _doubts) > 0;

    /// <summary>Time since events began to go to the spool; zero while they do not.</summary>
    public TimeSpan AwayFor => Mode == SpoolMode.Direct ? TimeSpan.Zero : _time.GetElapsedTime(Volatile.Read(ref _awaySince));

    /// <inheritdoc/>
    /// <remarks>An event that went to the spool has no sequence number yet: -1.</remarks>
    /// <exception cref="LogUnavailableException">Neither log nor spool made it durable.</exception>
    public ValueTask<LogPosition> AppendAsync(Fingerprint id, ReadOnlySpan<byte> record, CancellationToken cancellationToken) =>
        Mode == SpoolMode.Direct ? ToLog(id, record, cancellationToken) : PastLog(id, record);

    /// <summary>Sends to the spool what the log has kept waiting beyond the deadline.</summary>
    public void Sweep()
    {
        var tick = Interlocked.Increment(ref _tick);
        Volatile.Write(ref _tickMs, _time.GetUtcNow().ToUnixTimeMilliseconds());
        var overdue = 0;
        foreach (var append in _all)
        {
            // The array grows before it is filled.
            if (append?.TrySpoolOverdue(tick - TicksPerDeadline) == true)
                overdue++;
        }

        if (overdue > 0)
            GoAway(new LogUnavailableException($"The log has not made {overdue} events durable within {_options.Deadline}."));
    }

    /// <summary>The log fails while the spool is drained.</summary>
    internal void Lost(Exception failure) => GoAway(failure);

    /// <summary>The log took a batch from the spool: events go on to the spool, behind what waits, until it is almost empty.</summary>
    internal void Found()
    {
        if (Interlocked.CompareExchange(ref _mode, (int)SpoolMode.Draining, (int)SpoolMode.Away) == (int)SpoolMode.Away)
            LogIsBack(_spool.Size.Records);
    }

    /// <summary>Events go to the log again.</summary>
    internal void Resume()
    {
        if (Mode == SpoolMode.Direct)
            return;
        LogResumed(AwayFor);
        (_failure, _mode) = (null, (int)SpoolMode.Direct);
    }

    internal void DoubtBegins() => Interlocked.Increment(ref _doubts);

    internal void DoubtEnds() => Interlocked.Decrement(ref _doubts);

    internal void LogFailed(Exception failure) => GoAway(failure);

    internal ValueTask SpoolAsync(ReadOnlySpan<byte> entry) => _spool.AppendAsync(entry, CancellationToken.None);

    internal void Return(SpoolableAppend append) => _free.Enqueue(append);

    internal static void CountSpooled(bool isOverdue) => SpoolInstruments.Spooled.Add(1, isOverdue ? Overdue : Failed);

    internal static LogUnavailableException Unavailable(Exception spoolFailure)
    {
        SpoolInstruments.Refused.Add(1);
        return new LogUnavailableException($"The log can't take the event, nor can the spool: {spoolFailure.Message}", spoolFailure);
    }

    private ValueTask<LogPosition> ToLog(Fingerprint id, ReadOnlySpan<byte> record, CancellationToken cancellationToken)
    {
        var append = _log.AppendAsync(id, record, cancellationToken);
        if (append.IsCompleted)
            return AnsweredAtOnce(id, record, append);
        return Rent().Begin(id, record, append, Volatile.Read(ref _tick), Volatile.Read(ref _tickMs));
    }

    private ValueTask<LogPosition> AnsweredAtOnce(Fingerprint id, ReadOnlySpan<byte> record, ValueTask<LogPosition> append)
    {
        if (append.IsCompletedSuccessfully)
            return append;
        try
        {
            return new ValueTask<LogPosition>(append.GetAwaiter().GetResult());
        }
        catch (LogUnavailableException e)
        {
            GoAway(e);
            return PastLog(id, record, Volatile.Read(ref _tickMs));
        }
        catch (Exception e)
        {
            return ValueTask.FromException<LogPosition>(e);
        }
    }

    private ValueTask<LogPosition> PastLog(Fingerprint id, ReadOnlySpan<byte> record, long? handedOverMs = null)
    {
        var entry = ArrayPool<byte>.Shared.Rent(SpoolEntry.HeaderBytes + record.Length);
        SpoolEntry.WriteHeader(entry, id, handedOverMs);
        record.CopyTo(entry.AsSpan(SpoolEntry.HeaderBytes));
        return PastLogAsync(id, entry, SpoolEntry.HeaderBytes + record.Length, handedOverMs is null ? AwayReason : Failed);
    }

    private async ValueTask<LogPosition> PastLogAsync(Fingerprint id, byte[] entry, int length, KeyValuePair<string, object?> reason)
    {
        try
        {
            await _spool.AppendAsync(entry.AsSpan(0, length), CancellationToken.None);
            SpoolInstruments.Spooled.Add(1, reason);
            return new LogPosition(id.Partition(PartitionCount), -1);
        }
        catch (SpoolRefusedException refusal) when (refusal.IsUntouched && Mode != SpoolMode.Away)
        {
            // The log is back: out of order is better than not at all.
            return await ToLog(id, entry.AsSpan(SpoolEntry.HeaderBytes, length - SpoolEntry.HeaderBytes), CancellationToken.None);
        }
        catch (SpoolRefusedException e)
        {
            throw Unavailable(e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(entry);
        }
    }

    private void GoAway(Exception failure)
    {
        _failure = failure;
        var before = (SpoolMode)Interlocked.Exchange(ref _mode, (int)SpoolMode.Away);
        if (before == SpoolMode.Away)
            return;
        if (before == SpoolMode.Direct)
            Volatile.Write(ref _awaySince, _time.GetTimestamp());
        LogAway(failure);
    }

    private SpoolableAppend Rent()
    {
        if (_free.TryDequeue(out var append))
            return append;
        append = new SpoolableAppend(this);
        // As many as were ever under way at once; the callers bound that.
        lock (_gate)
        {
            var all = _all;
            if (_made == all.Length)
                Array.Resize(ref all, Math.Max(64, all.Length * 2));
            all[_made++] = append;
            _all = all;
        }

        return append;
    }
}
