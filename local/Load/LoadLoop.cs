using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Load;

/// <summary>
/// One run, on one thread: sends what is due on idle connections, reads what has come, opens what was lost. Nothing in it
/// waits but the poller, and nothing allocates per request.
/// </summary>
internal sealed partial class LoadLoop(
    LoadOptions options, ILinkSource links, RequestTemplate template, ConnectionPool pool, ISocketPoller poller,
    AcknowledgementLedger? ledger, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    // Whoever interrupts a run waits for its summary, not for a server that hangs.
    private static readonly TimeSpan InterruptedDrainTime = TimeSpan.FromSeconds(1);

    private readonly PollEvent[] _events = new PollEvent[256];
    private readonly LoadTally _tally = new();
    private LoadSchedule _schedule;
    private long _nextNumber;
    private long _warmFrom;
    private long _sendUntil;
    private long _drainUntil;
    private long _lastSweep;
    private bool _isSending = true;
    private bool _isOutage;

    /// <summary>Runs to the end of the duration, of the links, or until cancelled, and then awaits the answers under way.</summary>
    public LoadSummary Run(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        _schedule = new LoadSchedule(options.Rate, start, time.TimestampFrequency);
        _warmFrom = start + TicksOf(options.WarmUp);
        _sendUntil = start + TicksOf(options.Duration);
        _drainUntil = _sendUntil + TicksOf(options.DrainTime);
        var end = start;
        while (true)
        {
            var now = time.GetTimestamp();
            if (_isSending && now >= _sendUntil)
            {
                // What was due in the last moment still goes out if a connection is free.
                SendDue(now);
                StopSending(_sendUntil, options.DrainTime);
            }
            else if (_isSending && cancellationToken.IsCancellationRequested)
                StopSending(now, InterruptedDrainTime);
            if (!_isSending && (pool.InFlight == 0 || now >= _drainUntil))
                break;

            pool.ReopenDue(now);
            SendDue(now);
            HandleEvents();
            DropOverdue();
            ledger?.Flush();
            end = time.GetTimestamp();
        }

        _tally.Errors += pool.InFlight;
        _tally.Reconnects = pool.Reconnects;
        return _tally.Summarize(time.GetElapsedTime(start, end));
    }

    private void StopSending(long moment, TimeSpan drainTime)
    {
        _isSending = false;
        _drainUntil = moment + TicksOf(drainTime);
        _tally.Unsent = Math.Max(0, _schedule.DueBefore(moment) - _nextNumber);
    }

    private void SendDue(long now)
    {
        while (_isSending)
        {
            var due = _schedule.DueAt(_nextNumber, now);
            if (due > now || due >= _sendUntil || pool.TakeIdle() is not { } connection)
                return;
            if (connection.TryPrepare(template, links))
            {
                Send(connection, due, now);
                continue;
            }

            pool.Release(connection);
            // No links are left: nothing that is due is missing.
            StopSending(now, options.DrainTime);
            _tally.Unsent = 0;
        }
    }

    private void Send(LoadConnection connection, long due, long now)
    {
        (connection.DueAt, connection.SentAt) = (due, now);
        _nextNumber++;
        _tally.Sent++;
        pool.Start(connection);
        SendRest(connection, now);
    }

    private void SendRest(LoadConnection connection, long now)
    {
        var result = connection.Send();
        if (result == TransferResult.Lost)
            Fail(connection, now, "the connection was lost while sending");
        else if (result == TransferResult.Pending)
            poller.AwaitWritable(connection.Slot);
    }

    private void HandleEvents()
    {
        var count = poller.Wait(WaitTime(), _events);
        foreach (ref readonly var happened in _events.AsSpan(0, count))
        {
            var now = time.GetTimestamp();
            Handle(pool.All[happened.Slot], happened, now);
            // A connection that has just become free goes on at once, not after the whole batch.
            SendDue(now);
        }
    }

    private void Handle(LoadConnection connection, in PollEvent happened, long now)
    {
        switch (connection.State)
        {
            case ConnectionState.Connecting when happened.Writable:
                FinishConnect(connection, now);
                break;
            case ConnectionState.Idle when happened.Readable && !connection.IsQuiet():
                pool.Drop(connection, now, isLoss: true);
                break;
            case ConnectionState.InFlight:
                if (happened.Writable)
                    SendRest(connection, now);
                if (happened.Readable && connection.State == ConnectionState.InFlight)
                    Receive(connection, happened.PeerClosed, now);
                break;
        }
    }

    private void FinishConnect(LoadConnection connection, long now)
    {
        if (!connection.IsConnected())
        {
            pool.Drop(connection, now, isLoss: true);
            NoteOutage();
            return;
        }

        pool.Release(connection);
        if (_isOutage)
            LogServerBack();
        _isOutage = false;
    }

    private void Receive(LoadConnection connection, bool peerClosed, long now)
    {
        TransferResult result;
        try
        {
            result = connection.Receive();
        }
        catch (FormatException e)
        {
            Fail(connection, now, e.Message);
            return;
        }

        if (result == TransferResult.Pending)
            return;
        if (result == TransferResult.Lost)
        {
            Fail(connection, now, "the connection was lost before the answer was complete");
            return;
        }

        var end = time.GetTimestamp();
        _tally.Answer(connection.Status, MicrosOf(connection.DueAt, end), MicrosOf(connection.SentAt, end), connection.DueAt >= _warmFrom);
        connection.Losses = 0;
        if (connection.Status == 302)
            ledger?.Add(connection.ClickId);
        if (connection.Closes || peerClosed)
            pool.Drop(connection, now, isLoss: false);
        else
            pool.Release(connection);
    }

    private void Fail(LoadConnection connection, long now, string reason)
    {
        if (_tally.Errors++ == 0)
            LogFirstError(reason);
        pool.Drop(connection, now, isLoss: true);
        NoteOutage();
    }

    private void NoteOutage()
    {
        if (_isOutage || pool.Connected > 0)
            return;
        _isOutage = true;
        LogServerLost(options.Url);
    }

    private void DropOverdue()
    {
        // A quarter of the timeout is exact enough, and costs nothing.
        var now = time.GetTimestamp();
        if (now - _lastSweep < TicksOf(options.RequestTimeout) / 4)
            return;
        _lastSweep = now;
        foreach (var connection in pool.All)
        {
            if (connection.State == ConnectionState.InFlight && now - connection.SentAt > TicksOf(options.RequestTimeout))
                Fail(connection, now, "no complete answer in time");
        }
    }

    private TimeSpan WaitTime()
    {
        var now = time.GetTimestamp();
        var until = Math.Min(_isSending ? _sendUntil : _drainUntil, pool.NextReopen);
        if (_isSending && pool.HasIdle)
            until = Math.Min(until, _schedule.DueAt(_nextNumber, now));
        var wait = until <= now ? TimeSpan.Zero : time.GetElapsedTime(now, until);
        return wait < LongestWait ? wait : LongestWait;
    }

    private long MicrosOf(long start, long end) => time.GetElapsedTime(start, end).Ticks / TimeSpan.TicksPerMicrosecond;

    private long TicksOf(TimeSpan span) => (long)((Int128)span.Ticks * time.TimestampFrequency / TimeSpan.TicksPerSecond);
}
