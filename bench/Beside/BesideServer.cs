using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClickFuncs.Bench.Beside;

/// <summary>A server to compare with: on loopback, in a temporary folder of its own, killed when disposed.</summary>
internal sealed class BesideServer : IDisposable
{
    private const int TicksPerSecond = 100;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private BesideServer(Process process, DirectoryInfo folder) => (_process, _folder) = (process, folder);

    /// <summary>Processor time of the server and of all processes that it has started; zero outside Linux.</summary>
    public TimeSpan ProcessorTime => OperatingSystem.IsLinux() ? TreeTime() : TimeSpan.Zero;

    /// <summary>Where a program lies.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="package">The Debian package that brings it.</param>
    /// <param name="folders">Looked into beside the path.</param>
    /// <exception cref="MissingProgramException">It is nowhere.</exception>
    public static string Find(string name, string package, IEnumerable<string> folders) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(["/usr/sbin", .. folders])
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? throw new MissingProgramException(name, package);

    /// <summary>Starts a command line and waits until its port accepts connections.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="folder">What it keeps; deleted at the end.</param>
    /// <param name="port">Where it listens.</param>
    public static async Task<BesideServer> StartAsync(IReadOnlyList<string> command, DirectoryInfo folder, int port)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        var server = new BesideServer(Process.Start(start)!, folder);
        try
        {
            // What it says is of interest only when it does not start.
            var said = new List<string>();
            server._process.OutputDataReceived += (_, line) => Note(said, line.Data);
            server._process.ErrorDataReceived += (_, line) => Note(said, line.Data);
            server._process.BeginOutputReadLine();
            server._process.BeginErrorReadLine();
            await server.AwaitListeningAsync(port, said);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static void Note(List<string> said, string? line)
    {
        lock (said)
        {
            if (line is not null && said.Count < 20)
                said.Add(line);
        }
    }

    private async Task AwaitListeningAsync(int port, List<string> said)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await AcceptsAsync(port))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > StartLimit)
            {
                lock (said)
                    throw new InvalidOperationException($"The server does not listen on port {port}: {string.Join(" ", said)}");
            }

            await Task.Delay(Poll);
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

    // Of each process: its own time, and that of children that have ended.
    private TimeSpan TreeTime()
    {
        var all = Directory.EnumerateDirectories("/proc").Select(ReadStat).OfType<Stat>().ToList();
        var (tree, known) = (new HashSet<int> { _process.Id }, 0);
        while (known != tree.Count)
        {
            known = tree.Count;
            tree.UnionWith(all.Where(stat => tree.Contains(stat.Parent)).Select(stat => stat.Id));
        }

        return TimeSpan.FromSeconds(all.Where(stat => tree.Contains(stat.Id)).Sum(stat => stat.Ticks) / (double)TicksPerSecond);
    }

    private static Stat? ReadStat(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id))
            return null;
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            // The name stands in parentheses and may hold anything.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new Stat(id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }

    private sealed record Stat(int Id, int Parent, long Ticks);
}
