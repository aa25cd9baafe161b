using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ClickFuncs.Bench.Torture;

/// <summary>The product as a process that signals are sent to.</summary>
internal sealed partial class TortureProcess : IDisposable
{
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private TortureProcess(Process process) =>
        (_process, _output, _error) = (process, process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts a verb.</summary>
    public static TortureProcess Start(params string[] args) => new(Process.Start(
        new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ClickFuncs.Local.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);

    /// <summary>Runs a verb to its end.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="TortureException">It failed.</exception>
    public static async Task<string> RunAsync(params string[] args)
    {
        using var process = Start(args);
        return await process.EndAsync();
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => Send(SigKill);

    /// <summary>SIGTERM.</summary>
    public void Terminate() => Send(SigTerm);

    /// <summary>SIGSTOP.</summary>
    public void Stop() => Send(SigStop);

    /// <summary>SIGCONT.</summary>
    public void Continue() => Send(SigCont);

    /// <summary>Waits for its end.</summary>
    public async Task ExitAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(limit.Token);
    }

    /// <summary>Waits for its good end.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="TortureException">It failed.</exception>
    public async Task<string> EndAsync()
    {
        await ExitAsync();
        return _process.ExitCode == 0 ? await _output : throw new TortureException($"A verb ended with {_process.ExitCode}: {await _error} {await _output}");
    }

    /// <summary>The end of what it said on standard error.</summary>
    public async Task<string> LastWordsAsync()
    {
        var text = await _error;
        return text.Length > 4000 ? text[^4000..] : text;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Send(SigKill);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Send(int signal)
    {
        if (!_process.HasExited)
            _ = Signal(_process.Id, signal);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Signal(int processId, int signal);
}
