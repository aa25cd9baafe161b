using ClickFuncs.Log;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Velocity;

/// <summary>
/// One ownership of the velocity rules: reads messages, counts, commits the flags that come of it, shows them. Counts are not stored: the log of
/// signals is their store, and a new owner reads again what may still matter. Messages may come twice: per partition of the click log only
/// higher versions count. After any exception it is over: open a new one. Not thread-safe.
/// </summary>
public sealed class VelocityLane
{
    // Evidence stays a while after the flag has ended.
    private const long KeepEndedMs = 24 * 3_600_000;
    private const int MaxBytes = 1 << 20;

    private readonly ILogReader _signals;
    private readonly IFlagStore _store;
    private readonly FlagBoard _board;
    private readonly VelocityCounter _counter;
    private readonly long _coolingMs;
    private readonly long _token;
    private readonly RecordBatch _batch = new();
    private readonly Dictionary<int, (long Version, int Part)> _seen = [];
    private readonly Dictionary<ulong, VelocityFlag> _changed = [];

    // Newest event time of the messages before a position: once that is out of the counter's reach, so are they.
    private readonly Queue<(long Next, long NewestMs)> _marks = new();
    private long _newestMs = long.MinValue;
    private long _next;
    private long _committedFrom;
    private long _uncounted;
    private long _tooLate;

    private VelocityLane(FlagState state, ILogReader signals, IFlagStore store, FlagBoard board, VelocityOptions options)
    {
        (_signals, _store, _board, _token) = (signals, store, board, state.Token);
        _counter = new VelocityCounter(options);
        _coolingMs = (long)options.Cooling.TotalMilliseconds;
        (_next, _committedFrom) = (state.ReadFrom, state.ReadFrom);
        board.Show(state.Flags);
    }

    /// <summary>Position of the first message that a new owner needs.</summary>
    public long ReadFrom => _committedFrom;

    /// <summary>Position of the next message to read.</summary>
    public long Next => _next;

    /// <summary>Bytes that counting takes now.</summary>
    public long Bytes => _counter.Bytes;

    /// <summary>Takes the flags over and shows what is committed.</summary>
    public static async Task<VelocityLane> OpenAsync(
        ILogReader signals, IFlagStore store, FlagBoard board, VelocityOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new VelocityLane(await store.TakeOverAsync(cancellationToken), signals, store, board, options);
    }

    /// <summary>Reads some messages, commits what comes of them, then shows it. False when there were none.</summary>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        await _signals.ReadAsync(0, _next, MaxBytes, _batch, cancellationToken);
        if (_batch.Count == 0)
            return false;
        _changed.Clear();
        for (var i = 0; i < _batch.Count; i++)
            Take(SignalCodec.Decode(_batch.GetRecord(i)), _next + i + 1);
        var from = _committedFrom;
        while (_marks.TryPeek(out var mark) && mark.NewestMs < _counter.HorizonMs)
            from = _marks.Dequeue().Next;
        if (_changed.Count > 0 || from > _committedFrom)
        {
            var forget = _newestMs - KeepEndedMs;
            await _store.CommitAsync(_token, new FlagCommit(_changed.Values, from, forget), cancellationToken);
            _board.Show(_changed.Values);
            _board.RemoveEnded(forget);
        }

        (_committedFrom, _next) = (from, _next + _batch.Count);
        CountLosses();
        return true;
    }

    private void Take(in SignalMessage message, long next)
    {
        var (version, part) = _seen.GetValueOrDefault(message.Partition, (-1, -1));
        if (message.Version < version || (message.Version == version && message.Part <= part))
            return;
        _seen[message.Partition] = (message.Version, message.Part);
        foreach (var signal in message.Signals.Span)
        {
            _newestMs = Math.Max(_newestMs, signal.TimeMs);
            if (_counter.Add(signal.Identity, signal.TimeMs, out var breach))
                Flag(new VelocityFlag(signal.Identity, signal.Kind, breach.FirstMs, breach.LastMs + _coolingMs, breach.Peak));
        }

        SecondStageInstruments.Signals.Add(message.Signals.Length);
        _marks.Enqueue((next, _newestMs));
    }

    private void Flag(in VelocityFlag flag)
    {
        var isKnown = _changed.TryGetValue(flag.Identity, out var known) || _board.TryFind(flag.Identity, out known);
        if (isKnown && flag.FromMs < known.UntilMs)
        {
            var grown = known.With(flag);
            if (grown != known)
                _changed[flag.Identity] = grown;
            return;
        }

        if (!_board.HasRoomFor(flag.Identity))
        {
            SecondStageInstruments.FlagsRefused.Add(1);
            return;
        }

        _changed[flag.Identity] = flag;
        SecondStageInstruments.Flags.Add(1, new KeyValuePair<string, object?>("kind", flag.Kind == Privacy.IdentityKind.Ip ? "ip" : "user"));
    }

    private void CountLosses()
    {
        SecondStageInstruments.Uncounted.Add(_counter.Uncounted - _uncounted);
        SecondStageInstruments.TooLate.Add(_counter.TooLate - _tooLate);
        (_uncounted, _tooLate) = (_counter.Uncounted, _counter.TooLate);
        SecondStageInstruments.Memory.Record(_counter.Bytes);
        SecondStageInstruments.Flagged.Record(_board.Count);
    }
}
