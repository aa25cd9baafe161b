using System.Threading.Tasks.Sources;
using ClickFuncs.Events;
using ClickFuncs.Log;

namespace ClickFuncs.Spool;

/// <summary>
/// One append that the log has not answered yet, with a copy of its event, so that it can still go to the spool. Whoever answers first,
/// log or spool, completes it. Reused: its task may be awaited once only.
/// </summary>
/// <remarks>State and the tick of its beginning are one word, changed by compare-and-set only, so that a sweep that looks at a reused
/// one changes nothing. Three hold it: the log, the spool and the caller; it is reused when all have let go.</remarks>
internal sealed class SpoolableAppend : IValueTaskSource<LogPosition>
{
    private const long WithLog = 1;
    private const long WithSpool = 2;
    private const long Settled = 3;
    private const int StateBits = 2;
    private const int KeepBytes = 16 * 1024;

    private readonly SpoolingClickLog _owner;
    private readonly Action _logAnswered;
    private readonly Action _spoolAnswered;
    private ManualResetValueTaskSourceCore<LogPosition> _core;
    private System.Runtime.CompilerServices.ValueTaskAwaiter<LogPosition> _log;
    private System.Runtime.CompilerServices.ValueTaskAwaiter _spool;
    private byte[] _entry = new byte[1024];
    private int _length;
    private int _partition;
    private int _holders;
    private bool _isOverdue;
    private long _word;

    public SpoolableAppend(SpoolingClickLog owner) =>
        (_owner, _logAnswered, _spoolAnswered) = (owner, LogAnswered, SpoolAnswered);

    /// <summary>Watches over an append that is under way.</summary>
    /// <param name="id">The event's fingerprint.</param>
    /// <param name="record">The event; copied.</param>
    /// <param name="append">The log's task.</param>
    /// <param name="tick">The sweep before it.</param>
    /// <param name="tickMs">When that was, milliseconds since the Unix epoch.</param>
    public ValueTask<LogPosition> Begin(Fingerprint id, ReadOnlySpan<byte> record, ValueTask<LogPosition> append, long tick, long tickMs)
    {
        _length = SpoolEntry.HeaderBytes + record.Length;
        if (_entry.Length < _length)
            _entry = new byte[_length];
        SpoolEntry.WriteHeader(_entry, id, tickMs);
        record.CopyTo(_entry.AsSpan(SpoolEntry.HeaderBytes));
        (_partition, _holders, _isOverdue) = (id.Partition(_owner.PartitionCount), 3, false);
        var task = new ValueTask<LogPosition>(this, _core.Version);
        _log = append.GetAwaiter();
        Volatile.Write(ref _word, (tick << StateBits) | WithLog);
        _log.UnsafeOnCompleted(_logAnswered);
        return task;
    }

    /// <summary>Sends it to the spool if the log has not answered since a tick.</summary>
    /// <param name="tick">Appends that began before it are overdue.</param>
    public bool TrySpoolOverdue(long tick)
    {
        var word = Volatile.Read(ref _word);
        if ((word & Settled) != WithLog || word >> StateBits >= tick || !Change(word, WithSpool))
            return false;
        _isOverdue = true;
        _owner.DoubtBegins();
        ToSpool();
        return true;
    }

    /// <inheritdoc/>
    public LogPosition GetResult(short token)
    {
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
            throw new InvalidOperationException("An append must be awaited, its result can't be taken before.");
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            Release(1);
        }
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void LogAnswered()
    {
        LogPosition position = default;
        Exception? failure = null;
        try
        {
            position = _log.GetResult();
        }
        catch (Exception e)
        {
            // Told to the caller below, unless the spool helps.
            failure = e;
        }

        var word = Volatile.Read(ref _word);
        if ((word & Settled) == WithLog && failure is LogUnavailableException && Change(word, WithSpool))
        {
            _owner.LogFailed(failure);
            ToSpool();
            Release(1);
            return;
        }

        if ((word & Settled) == WithLog && failure is not LogUnavailableException && Change(word, Settled))
        {
            Settle(position, failure);
            // The spool will never hear of it.
            Release(2);
            return;
        }

        // It was overdue. If the log has it after all, nobody need wait for the spool.
        word = Volatile.Read(ref _word);
        if (failure is null && (word & Settled) == WithSpool && Change(word, Settled))
            Settle(position, null);
        _owner.DoubtEnds();
        Release(1);
    }

    private void ToSpool()
    {
        try
        {
            AwaitSpool(_owner.SpoolAsync(_entry.AsSpan(0, _length)));
        }
        catch (Exception e)
        {
            SpoolAnswered(e);
        }
    }

    private void AwaitSpool(ValueTask append)
    {
        _spool = append.GetAwaiter();
        _spool.UnsafeOnCompleted(_spoolAnswered);
    }

    private void SpoolAnswered()
    {
        try
        {
            _spool.GetResult();
        }
        catch (Exception e)
        {
            SpoolAnswered(e);
            return;
        }

        SpoolAnswered(null);
    }

    private void SpoolAnswered(Exception? failure)
    {
        var word = Volatile.Read(ref _word);
        if ((word & Settled) == WithSpool && Change(word, Settled))
        {
            if (failure is null)
                SpoolingClickLog.CountSpooled(_isOverdue);
            else
                failure = SpoolingClickLog.Unavailable(failure);
            Settle(new LogPosition(_partition, -1), failure);
        }

        Release(1);
    }

    private void Settle(LogPosition position, Exception? failure)
    {
        if (failure is null)
            _core.SetResult(position);
        else
            _core.SetException(failure);
    }

    private bool Change(long word, long state) => Interlocked.CompareExchange(ref _word, (word & ~Settled) | state, word) == word;

    private void Release(int holders)
    {
        if (Interlocked.Add(ref _holders, -holders) > 0)
            return;
        _core.Reset();
        (_log, _spool) = (default, default);
        if (_entry.Length > KeepBytes)
            _entry = new byte[1024];
        _owner.Return(this);
    }
}
