using System.Net;
using System.Net.Sockets;

namespace ClickFuncs.Api.Redirect;

/// <summary>
/// A pair of sockets in this process: what is sent into one comes out of the other the way that requests come, behind those that wait. By the event thread and then by the pool: a plain click waits for the first
/// before it is on the log, and for the second to be answered.
/// </summary>
internal sealed class LoopbackProbe : IDisposable
{
    private readonly Socket _out;
    private readonly Socket _in;
    private readonly SocketAsyncEventArgs _receive = new();
    private readonly byte[] _byte = [1];
    private readonly Action _arrived;

    /// <summary>Opens the pair.</summary>
    /// <param name="arrived">Called when a probe comes out.</param>
    public LoopbackProbe(Action arrived)
    {
        _arrived = arrived;
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        _out = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _out.Connect(listener.LocalEndPoint!);
        _in = listener.Accept();
        _receive.SetBuffer(new byte[1]);
        _receive.Completed += (_, _) => Complete();
        Receive();
    }

    /// <summary>Sends one; the next only when it has come out.</summary>
    public void Send() => _out.Send(_byte);

    /// <inheritdoc/>
    public void Dispose()
    {
        _out.Dispose();
        _in.Dispose();
        _receive.Dispose();
    }

    private void Receive()
    {
        while (!_in.ReceiveAsync(_receive) && IsReceived)
            _arrived();
    }

    private void Complete()
    {
        // Anything else is the end: the host stops.
        if (!IsReceived)
            return;
        _arrived();
        Receive();
    }

    private bool IsReceived => _receive is { SocketError: SocketError.Success, BytesTransferred: > 0 };
}
