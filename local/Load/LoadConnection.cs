using System.Net;
using System.Net.Sockets;
using ClickFuncs.Events;

namespace ClickFuncs.Local.Load;

/// <summary>One keep-alive connection with room for one request and its answer. It never blocks and knows no clock.</summary>
internal sealed class LoadConnection(int slot, IPEndPoint server, int requestRoom) : IDisposable
{
    private readonly byte[] _request = new byte[requestRoom];
    private readonly byte[] _clickId = new byte[EventLimits.MaxIdBytes];
    private readonly ResponseReader _response = new();
    private Socket? _socket;
    private int _requestLength;
    private int _sent;
    private int _clickIdLength;

    /// <summary>Its place in the pool.</summary>
    public int Slot => slot;

    /// <summary>Where it stands; the pool moves it.</summary>
    public ConnectionState State { get; set; }

    /// <summary>When the request under way was due, in ticks of the run's clock.</summary>
    public long DueAt { get; set; }

    /// <summary>When the request under way was sent.</summary>
    public long SentAt { get; set; }

    /// <summary>When it may be opened again.</summary>
    public long ReopenAt { get; set; }

    /// <summary>Losses in a row, without a complete answer between them.</summary>
    public int Losses { get; set; }

    /// <summary>It was connected before, if perhaps no longer.</summary>
    public bool HasBeenOpen { get; set; }

    /// <summary>It stands in the pool's queue of idle connections, perhaps no longer rightly.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Status of the answer.</summary>
    public int Status => _response.Status;

    /// <summary>The server announced to close the connection.</summary>
    public bool Closes => _response.Closes;

    /// <summary>Click id of the request under way; empty when unknown.</summary>
    public ReadOnlySpan<byte> ClickId => _clickId.AsSpan(0, _clickIdLength);

    /// <summary>Begins to connect.</summary>
    /// <returns>False when the server refused at once.</returns>
    public bool TryOpen(ISocketPoller poller)
    {
        _socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false, NoDelay = true };
        try
        {
            _socket.Connect(server);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress or SocketError.AlreadyInProgress)
        {
            // The poller tells how it ends.
        }
        catch (SocketException)
        {
            return false;
        }

        poller.Add(_socket, slot);
        return true;
    }

    /// <summary>Whether the connect that has ended succeeded.</summary>
    public bool IsConnected() => Open.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) is 0;

    /// <summary>Writes the next request, to be sent.</summary>
    /// <returns>False when there are no more links.</returns>
    public bool TryPrepare(RequestTemplate template, ILinkSource links)
    {
        _requestLength = template.WriteNext(links, _request, _clickId, out _clickIdLength);
        _sent = 0;
        _response.Reset();
        return _requestLength > 0;
    }

    /// <summary>Sends what is left of the request.</summary>
    public TransferResult Send()
    {
        while (_sent < _requestLength)
        {
            var count = Open.Send(_request.AsSpan(_sent, _requestLength - _sent), SocketFlags.None, out var error);
            if (error != SocketError.Success)
                return error == SocketError.WouldBlock ? TransferResult.Pending : TransferResult.Lost;
            _sent += count;
        }

        return TransferResult.Done;
    }

    /// <summary>Reads on in the answer.</summary>
    /// <exception cref="FormatException">It is no HTTP/1.1 response.</exception>
    public TransferResult Receive()
    {
        while (true)
        {
            var count = Open.Receive(_response.Free, SocketFlags.None, out var error);
            if (error != SocketError.Success)
                return error == SocketError.WouldBlock ? TransferResult.Pending : TransferResult.Lost;
            if (count == 0)
                return _response.EndsWithConnection ? TransferResult.Done : TransferResult.Lost;
            if (_response.Take(count))
                return TransferResult.Done;
        }
    }

    /// <summary>Whether an idle connection is still good: the server neither closed it nor sent what nobody asked for.</summary>
    public bool IsQuiet()
    {
        _response.Reset();
        Open.Receive(_response.Free, SocketFlags.None, out var error);
        return error == SocketError.WouldBlock;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private Socket Open => _socket ?? throw new InvalidOperationException("The connection is down.");
}
