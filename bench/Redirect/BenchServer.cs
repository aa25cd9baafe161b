using System.Net;
using System.Net.Sockets;

namespace ClickFuncs.Bench.Redirect;

/// <summary>A server under test: started on its core, listening, stopped when disposed.</summary>
internal sealed class BenchServer : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly PinnedProcess _process;

    private BenchServer(PinnedProcess process, Uri url) => (_process, Url) = (process, url);

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Processor time that the server has used so far.</summary>
    public TimeSpan ProcessorTime => _process.ProcessorTime;

    /// <inheritdoc cref="PinnedProcess.MemoryBytes"/>
    public long MemoryBytes => _process.MemoryBytes;

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts the command and waits until its port accepts connections.</summary>
    /// <exception cref="TimeoutException">It doesn't listen after 30 s.</exception>
    public static async Task<BenchServer> StartAsync(int core, IReadOnlyList<string> command, int port)
    {
        var server = new BenchServer(PinnedProcess.Start(core, command), new Uri($"http://127.0.0.1:{port}"));
        try
        {
            server._process.IgnoreOutput();
            await server.AwaitListeningAsync(port);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private async Task AwaitListeningAsync(int port)
    {
        using var limit = new CancellationTokenSource(StartLimit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await AcceptsAsync(port))
        {
            _process.ThrowIfEnded();
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"Nothing listens on port {port} after {StartLimit.TotalSeconds} s.");
            await timer.WaitForNextTickAsync();
        }
    }

    private static async Task<bool> AcceptsAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
