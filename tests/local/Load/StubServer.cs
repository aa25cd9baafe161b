using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClickFuncs.Local.Tests.Load;

/// <summary>A server that answers each request, numbered from 1, with whatever bytes the test says.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    public const string Found = "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: https://example.org/\r\n\r\n";

    private readonly Func<int, Answer> _answer;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;
    private int _requests;

    public StubServer(Func<int, Answer> answer, int port = 0)
    {
        _answer = answer;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public Uri Url => new($"http://127.0.0.1:{Port}");

    /// <summary>Targets of the requests whose answer was handed over completely.</summary>
    public ConcurrentQueue<string> Answered { get; } = new();

    public ConcurrentQueue<string> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                _connections.Add(ServeAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped by the test.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var connection = client;
        client.NoDelay = true;
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var filled = 0;
                do
                {
                    var count = await client.ReceiveAsync(buffer.AsMemory(filled), _stop.Token);
                    if (count == 0)
                        return;
                    filled += count;
                }
                while (!buffer.AsSpan(0, filled).EndsWith("\r\n\r\n"u8));

                var request = Encoding.ASCII.GetString(buffer, 0, filled);
                Requests.Enqueue(request);
                var answer = _answer(Interlocked.Increment(ref _requests));
                foreach (var piece in answer.Pieces)
                    await client.SendAsync(Encoding.ASCII.GetBytes(piece), _stop.Token);
                if (answer.ThenClose)
                    return;
                Answered.Enqueue(request.Split(' ')[1]);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // Stopped by the test, or the client went away: both are what tests provoke.
        }
    }

    public sealed record Answer(string[] Pieces, bool ThenClose = false)
    {
        public static implicit operator Answer(string text) => new([text]);
    }
}
