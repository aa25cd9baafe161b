using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using ClickFuncs.Local.Storage;

namespace ClickFuncs.Local.Hosting;

/// <summary>Where a running host listens, noted in the data folder so that other verbs ask it instead of opening its stores.</summary>
/// <param name="ProcessId">Its process.</param>
/// <param name="Url">Base address.</param>
internal sealed record HostAddress(int ProcessId, string Url)
{
    /// <summary>Notes the address.</summary>
    public void Write(string path) => DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web));

    /// <summary>The address of a host that is still running; null when there is none.</summary>
    public static HostAddress? Find(string path)
    {
        if (!File.Exists(path))
            return null;
        var address = JsonSerializer.Deserialize<HostAddress>(File.ReadAllBytes(path), JsonSerializerOptions.Web);
        return address != null && IsRunning(address.ProcessId) && Answers(new Uri(address.Url)) ? address : null;
    }

    // A killed host leaves its note, and another process may have its number by now: only who listens is the host.
    private static bool Answers(Uri url)
    {
        try
        {
            using var connection = new TcpClient(url.Host, url.Port);
            return true;
        }
        catch (SocketException)
        {
            // Nobody listens: the note is a leftover.
            return false;
        }
    }

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            // No such process: the host was killed and left its note behind.
            return false;
        }
    }
}
