using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Api.Redirect.Wire;

/// <summary>
/// Listens for connections and serves them while they carry plain clicks. The web server is handed those that carry anything else, from their
/// first such request on, and knows nothing of the others.
/// </summary>
internal sealed partial class ClickListener : IConnectionListener
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // The server takes them at once: there is more than one waiting only when it does nothing else any more.
    private const int MaxForServer = 1024;

    private readonly Socket _listen;
    private readonly ClickLane _lane;
    private readonly SocketConnectionContextFactory _contexts;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<(Socket Socket, byte[] Read)> _forServer =
        Channel.CreateBounded<(Socket Socket, byte[] Read)>(new BoundedChannelOptions(MaxForServer));

    private readonly ConcurrentDictionary<ClickConnection, bool> _open = new();
    private readonly TaskCompletionSource _allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _ended = new();
    private Task _accepting = Task.CompletedTask;
    private Task _beating = Task.CompletedTask;

    /// <summary>On a socket that listens; <see cref="Start"/> begins to accept.</summary>
    public ClickListener(Socket listen, ClickLane lane, SocketConnectionContextFactory contexts, TimeProvider time, ILogger logger)
    {
        (_listen, _lane, _contexts, _time, _logger) = (listen, lane, contexts, time, logger);
        EndPoint = listen.LocalEndPoint!;
    }

    /// <inheritdoc/>
    public EndPoint EndPoint { get; }

    /// <summary>Whether it accepts nobody any more, so that every answer is its connection's last.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>Begins to accept.</summary>
    public ClickListener Start()
    {
        _accepting = Task.Run(AcceptAllAsync);
        _beating = BeatAsync();
        return this;
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _forServer.Reader.WaitToReadAsync(cancellationToken))
        {
            if (!_forServer.Reader.TryRead(out var taken))
                continue;
            var context = _contexts.Create(taken.Socket);
            context.Transport = new ReadAheadPipe(taken.Read, context.Transport);
            return context;
        }

        return null;
    }

    /// <summary>Accepts nobody any more, ends idle connections, and waits until clicks under way are answered; until the token says otherwise.</summary>
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _stopping.CancelAsync();
        _listen.Dispose();
        await _accepting;
        foreach (var connection in _open.Keys)
            connection.End();
        NoteIfAllEnded();
        await _allEnded.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _forServer.Writer.TryComplete();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _beating;
        foreach (var connection in _open.Keys)
            connection.Interrupt();
        _forServer.Writer.TryComplete();
        while (_forServer.Reader.TryRead(out var left))
            left.Socket.Dispose();
        _listen.Dispose();
        _contexts.Dispose();
        _stopping.Dispose();
        _ended.Dispose();
    }

    /// <summary>Hands a connection to the server.</summary>
    /// <param name="connection">Who had it.</param>
    /// <param name="socket">The connection itself.</param>
    /// <param name="read">What was read of it and not answered.</param>
    internal void PassOn(ClickConnection connection, Socket socket, byte[] read)
    {
        // The server's code may block.
        SocketCompletions.OnPool(socket);
        // Full or ended: the server takes no more connections.
        if (!_forServer.Writer.TryWrite((socket, read)))
            socket.Dispose();
        Forget(connection);
    }

    /// <summary>A connection has ended, or is the server's.</summary>
    internal void Forget(ClickConnection connection)
    {
        _open.TryRemove(connection, out _);
        NoteIfAllEnded();
    }

    private void NoteIfAllEnded()
    {
        if (IsStopping && _open.IsEmpty)
            _allEnded.TrySetResult();
    }

    private async Task AcceptAllAsync()
    {
        while (!IsStopping)
        {
            Socket socket;
            try
            {
                socket = await _listen.AcceptAsync(_stopping.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                // Reset while it waited, or no more files: neither ends the listening, and the second is not to spin.
                LogNotAccepted(e);
                await Task.Delay(Second / 20, _time, CancellationToken.None);
                continue;
            }

            Serve(socket);
        }
    }

    private void Serve(Socket socket)
    {
        try
        {
            if (_lane.Limits.MaxConcurrentConnections is { } most && _open.Count >= most)
            {
                socket.Dispose();
                return;
            }

            socket.NoDelay = true;
            SocketCompletions.OnEventThread(socket);
            var connection = new ClickConnection(this, _lane, socket);
            _open.TryAdd(connection, true);
            connection.Start();
        }
        catch (SocketException)
        {
            // It is gone already.
            socket.Dispose();
        }
        catch (Exception e)
        {
            // A defect of this program: it costs this connection, and not all that would come after it.
            LogConnectionFailed(e);
            socket.Dispose();
        }
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(Second, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                foreach (var (connection, _) in _open)
                    connection.Beat();
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }
}
