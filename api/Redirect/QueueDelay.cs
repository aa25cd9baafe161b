namespace ClickFuncs.Api.Redirect;

/// <summary>
/// Notices that requests wait long before this program gets to them: on a busy processor they queue in the sockets, where no count of
/// clicks in flight sees them. Requests drive it: now and then one sends a probe the way that requests come; while a probe has been on its way for
/// longer than the limit, so have they. Thread-safe; nothing runs while no requests come.
/// </summary>
internal sealed class QueueDelay
{
    private readonly long _limit;
    private readonly long _interval;
    private readonly TimeProvider _time;
    private readonly Action _send;
    private long _sentAt;
    private long _arrivedAt;
    private volatile bool _wasOver;

    /// <param name="limit">Longest wait that is still accepted.</param>
    /// <param name="time">The clock.</param>
    /// <param name="send">Sends a probe; <see cref="Arrived"/> is to be called when it comes.</param>
    /// <summary>Without a probe under way.</summary>
    public QueueDelay(TimeSpan limit, TimeProvider time, Action send)
    {
        (_time, _send) = (time, send);
        _limit = (long)(limit.TotalSeconds * time.TimestampFrequency);
        _interval = _limit / 8;
        _arrivedAt = time.GetTimestamp();
    }

    /// <summary>Whether a request that comes now has probably waited for longer than the limit.</summary>
    /// <param name="now">Timestamp of the time provider.</param>
    public bool IsOver(long now)
    {
        var sentAt = Volatile.Read(ref _sentAt);
        if (sentAt != 0)
            return now - sentAt > _limit || _wasOver;
        var arrivedAt = Volatile.Read(ref _arrivedAt);
        if ((_wasOver || now - arrivedAt >= _interval) && Interlocked.CompareExchange(ref _sentAt, Math.Max(1, now), 0) == 0)
            _send();
        // What was long ago says nothing about now.
        return _wasOver && now - arrivedAt < _limit;
    }

    /// <summary>The probe has come.</summary>
    public void Arrived()
    {
        var now = _time.GetTimestamp();
        // Over until one comes through in half the time: turning on and off by the same value would flutter.
        _wasOver = now - Volatile.Read(ref _sentAt) > (_wasOver ? _limit / 2 : _limit);
        Volatile.Write(ref _arrivedAt, now);
        Volatile.Write(ref _sentAt, 0);
    }
}
