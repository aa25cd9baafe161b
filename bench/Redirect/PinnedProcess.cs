using System.Diagnostics;

namespace ClickFuncs.Bench.Redirect;

/// <summary>
/// A child process held to one core, so that server and load don't take each other's time and the runtime sizes itself
/// for that core. Killed when disposed. Outside Linux it runs unpinned, and figures from there don't compare.
/// </summary>
internal sealed class PinnedProcess : IDisposable
{
    private readonly Process _process;

    private PinnedProcess(Process process) => _process = process;

    /// <summary>Starts a command line; its standard error goes to this process's.</summary>
    /// <param name="core">The only core it may use.</param>
    /// <param name="command">Program and arguments.</param>
    public static PinnedProcess Start(int core, IReadOnlyList<string> command)
    {
        List<string> words = OperatingSystem.IsLinux() ? ["taskset", "-c", $"{core}", .. command] : [.. command];
        var start = new ProcessStartInfo(words[0], words.Skip(1)) { RedirectStandardOutput = true };
        return new PinnedProcess(Process.Start(start) ?? throw new InvalidOperationException($"{words[0]} did not start."));
    }

    /// <summary>Runs a command line to its end.</summary>
    /// <returns>What it printed on standard output.</returns>
    /// <exception cref="InvalidOperationException">It failed; standard error has said why.</exception>
    public static async Task<string> RunAsync(int core, IReadOnlyList<string> command)
    {
        using var child = Start(core, command);
        var output = await child._process.StandardOutput.ReadToEndAsync();
        await child._process.WaitForExitAsync();
        return child._process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"'{string.Join(' ', command)}' ended with {child._process.ExitCode}.");
    }

    /// <summary>Processor time that the process has used so far, in its own code and in the kernel.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Memory of the process that is in use, in bytes.</summary>
    public long MemoryBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Reads and forgets what the process prints, so that a full pipe can't stop it.</summary>
    public void IgnoreOutput()
    {
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
    }

    /// <summary>Throws when the process has ended.</summary>
    public void ThrowIfEnded()
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"The server ended with {_process.ExitCode}.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
