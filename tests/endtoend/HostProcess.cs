using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ClickFuncs.Testing.Net;

namespace ClickFuncs.EndToEnd.Tests;

/// <summary>
/// The real host, running as a process of its own on a data directory and a free port, so that tests can kill it. Disposing
/// kills what still runs and deletes the directory, unless the test gave one.
/// </summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _results = new();
    private readonly ConcurrentQueue<string> _diagnostics = new();
    private readonly bool _ownsData;
    private bool _isDisposed;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    private HostProcess(Process process, string data, bool ownsData, int port)
    {
        (_process, Data, _ownsData, Port) = (process, data, ownsData, port);
        _process.OutputDataReceived += (_, line) => Keep(_results, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_diagnostics, line.Data);
    }

    /// <summary>The data directory.</summary>
    public string Data { get; }

    /// <summary>The port it serves on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Where it serves.</summary>
    public Uri Url => new($"http://127.0.0.1:{Port}");

    /// <summary>Its process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>All lines of standard output so far.</summary>
    public string Results => string.Join('\n', _results);

    /// <summary>All lines of standard error so far.</summary>
    public string Diagnostics => string.Join('\n', _diagnostics);

    /// <summary>All lines of standard output and then standard error so far.</summary>
    public string Output => $"{Results}\n{Diagnostics}";

    /// <summary>Starts <c>up</c> and waits until <c>/health</c> answers.</summary>
    /// <param name="data">Data directory to go on with; a fresh temporary one when null.</param>
    /// <param name="port">Port; a free one when null.</param>
    /// <param name="args">Further arguments of <c>up</c>.</param>
    /// <exception cref="InvalidOperationException">It ended or didn't get ready in time; the message holds its output.</exception>
    public static async Task<HostProcess> StartAsync(string? data = null, int? port = null, params string[] args)
    {
        var directory = data ?? Directory.CreateTempSubdirectory("clickfuncs-e2e-").FullName;
        var chosen = port ?? FreePort.Find();
        return await StartAsync(Cli.StartInfo(["up", "--data", directory, "--port", $"{chosen}", .. args]), directory, ownsData: data is null, chosen);
    }

    /// <summary>Starts any program that serves <c>/health</c> on the port.</summary>
    internal static async Task<HostProcess> StartAsync(ProcessStartInfo start, string data, bool ownsData, int port)
    {
        var process = Process.Start(start) ?? throw new InvalidOperationException("The host did not start.");
        var host = new HostProcess(process, data, ownsData, port);
        try
        {
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            await host.AwaitReadyAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills it as a power cut would (SIGKILL) and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await AwaitExitAsync();
    }

    /// <summary>Lets it run for a while and kills it, as a power cut would.</summary>
    /// <param name="moment">How long from now.</param>
    public async Task KillAfterAsync(TimeSpan moment)
    {
        using var end = new CancellationTokenSource(moment);
        await using (end.Token.Register(_process.Kill))
            await AwaitExitAsync();
    }

    /// <summary>Asks it to end (SIGTERM) and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await kill.WaitForExitAsync();
        await AwaitExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Fetches a path of the host.</summary>
    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(Url, path));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        _http.Dispose();
        if (_ownsData)
            Directory.Delete(Data, recursive: true);
    }

    private async Task AwaitReadyAsync()
    {
        if (!await Eventually.HoldsAsync(IsHealthyAsync, StartLimit))
            throw new InvalidOperationException($"The host is not ready after {StartLimit.TotalSeconds} s:\n{Output}");
    }

    private async Task<bool> IsHealthyAsync()
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"The host ended with {_process.ExitCode} before it was ready:\n{await RestOfOutputAsync()}");
        try
        {
            using var answer = await GetAsync("/health");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            // Not listening yet, or too busy starting to answer.
            return false;
        }
    }

    private async Task<string> RestOfOutputAsync()
    {
        // Only the asynchronous wait also waits for the last lines of output.
        await _process.WaitForExitAsync();
        return Output;
    }

    private async Task AwaitExitAsync()
    {
        using var limit = new CancellationTokenSource(StopLimit);
        await _process.WaitForExitAsync(limit.Token);
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}
