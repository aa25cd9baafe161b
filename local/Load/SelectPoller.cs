using System.Net.Sockets;

namespace ClickFuncs.Local.Load;

/// <summary>The portable poller: costs time proportional to the number of sockets, for systems without epoll.</summary>
internal sealed class SelectPoller : ISocketPoller
{
    private readonly Dictionary<int, Socket> _sockets = [];
    private readonly Dictionary<Socket, int> _slots = [];
    private readonly HashSet<int> _awaitWritable = [];
    private readonly List<Socket> _readable = [];
    private readonly List<Socket> _writable = [];
    private readonly List<Socket> _failed = [];

    /// <inheritdoc/>
    public void Add(Socket socket, int slot)
    {
        Remove(slot);
        _sockets[slot] = socket;
        _slots[socket] = slot;
        _awaitWritable.Add(slot);
    }

    /// <inheritdoc/>
    public void AwaitWritable(int slot) => _awaitWritable.Add(slot);

    /// <inheritdoc/>
    public void Remove(int slot)
    {
        if (_sockets.Remove(slot, out var socket))
            _slots.Remove(socket);
        _awaitWritable.Remove(slot);
    }

    /// <inheritdoc/>
    public int Wait(TimeSpan timeout, Span<PollEvent> events)
    {
        if (_sockets.Count == 0)
        {
            // Nothing to watch: only the caller's next reconnect is awaited, and select refuses empty lists.
            using var never = new ManualResetEventSlim();
            never.Wait(timeout);
            return 0;
        }

        Refill();
        Socket.Select(_readable, _writable, _failed, timeout);
        var count = 0;
        foreach (var socket in _readable.Union(_writable).Union(_failed).Take(events.Length))
        {
            var slot = _slots[socket];
            var failed = _failed.Contains(socket);
            var writable = _writable.Contains(socket);
            if (writable)
                _awaitWritable.Remove(slot);
            events[count++] = new PollEvent(slot, failed || _readable.Contains(socket), failed || writable, PeerClosed: false);
        }

        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _sockets.Clear();

    private void Refill()
    {
        _readable.Clear();
        _readable.AddRange(_sockets.Values);
        _failed.Clear();
        _failed.AddRange(_sockets.Values);
        _writable.Clear();
        _writable.AddRange(_awaitWritable.Select(slot => _sockets[slot]));
    }
}
