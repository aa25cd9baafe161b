using System.Net;

namespace ClickFuncs.Local.Load;

/// <summary>
/// The connections of a run: which are idle, which are lost and when they are tried again. A lost one waits 10 ms, then
/// twice as long after each further loss, at most 500 ms, so that a server that comes back is found soon and not trampled.
/// </summary>
internal sealed class ConnectionPool : IDisposable
{
    private const int FirstDelayMs = 10;
    private const int LastDelayMs = 500;

    private readonly LoadConnection[] _connections;
    private readonly Queue<LoadConnection> _idle;
    private readonly ISocketPoller _poller;
    private readonly long _ticksPerMs;
    private int _down;

    /// <summary>Makes the pool with every connection down and due to be opened.</summary>
    public ConnectionPool(int count, IPEndPoint server, int requestRoom, ISocketPoller poller, long frequency)
    {
        _connections = [.. Enumerable.Range(0, count).Select(slot => new LoadConnection(slot, server, requestRoom))];
        _idle = new Queue<LoadConnection>(count);
        _poller = poller;
        _ticksPerMs = Math.Max(1, frequency / 1000);
        _down = count;
    }

    /// <summary>All connections, by slot.</summary>
    public ReadOnlySpan<LoadConnection> All => _connections;

    /// <summary>Requests under way.</summary>
    public int InFlight { get; private set; }

    /// <summary>Connections that are neither down nor being opened.</summary>
    public int Connected { get; private set; }

    /// <summary>Whether a connection may be free. One that broke since may still be counted.</summary>
    public bool HasIdle => _idle.Count > 0;

    /// <summary>Connections made in the place of a lost or ended one.</summary>
    public long Reconnects { get; private set; }

    /// <summary>When the next lost connection is due to be opened; <see cref="long.MaxValue"/> when none is down.</summary>
    public long NextReopen { get; private set; }

    /// <summary>Takes the connection that has been idle longest.</summary>
    public LoadConnection? TakeIdle()
    {
        while (_idle.TryDequeue(out var connection))
        {
            connection.IsQueued = false;
            if (connection.State == ConnectionState.Idle)
                return connection;
        }

        return null;
    }

    /// <summary>A request is on its way.</summary>
    public void Start(LoadConnection connection)
    {
        connection.State = ConnectionState.InFlight;
        InFlight++;
    }

    /// <summary>The connection has just been made, its request answered, or not used.</summary>
    public void Release(LoadConnection connection)
    {
        if (connection.State == ConnectionState.InFlight)
            InFlight--;
        if (connection.State == ConnectionState.Connecting)
            CountConnected(connection);
        connection.State = ConnectionState.Idle;
        if (connection.IsQueued)
            return;
        connection.IsQueued = true;
        _idle.Enqueue(connection);
    }

    /// <summary>The connection is of no more use: it is closed, and opened again after its delay.</summary>
    /// <param name="connection">The connection, not down.</param>
    /// <param name="now">The run's clock.</param>
    /// <param name="isLoss">It broke, rather than ending as announced.</param>
    public void Drop(LoadConnection connection, long now, bool isLoss)
    {
        if (connection.State == ConnectionState.InFlight)
            InFlight--;
        if (connection.State != ConnectionState.Connecting)
            Connected--;
        Lay(connection, now, isLoss);
    }

    /// <summary>Begins to open every connection whose time has come.</summary>
    public void ReopenDue(long now)
    {
        if (_down == 0 || now < NextReopen)
            return;
        NextReopen = long.MaxValue;
        foreach (var connection in _connections)
        {
            if (connection.State != ConnectionState.Down)
                continue;
            if (connection.ReopenAt > now)
            {
                NextReopen = Math.Min(NextReopen, connection.ReopenAt);
                continue;
            }

            _down--;
            connection.State = ConnectionState.Connecting;
            if (!connection.TryOpen(_poller))
                Lay(connection, now, isLoss: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
    }

    private void CountConnected(LoadConnection connection)
    {
        Connected++;
        if (connection.HasBeenOpen)
            Reconnects++;
        connection.HasBeenOpen = true;
    }

    private void Lay(LoadConnection connection, long now, bool isLoss)
    {
        _poller.Remove(connection.Slot);
        connection.Dispose();
        connection.State = ConnectionState.Down;
        var delayMs = isLoss ? Math.Min(FirstDelayMs << Math.Min(connection.Losses++, 10), LastDelayMs) : 0;
        connection.ReopenAt = now + (delayMs * _ticksPerMs);
        NextReopen = Math.Min(NextReopen, connection.ReopenAt);
        _down++;
    }
}
