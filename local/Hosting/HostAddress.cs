using System.Diagnostics;
using System.Text.Json;
using ClickFuncs.Local.Log;
using ClickFuncs.Local.Storage;

namespace ClickFuncs.Local.Hosting;

/// <summary>Where a running host listens, noted in the data folder so that other verbs ask it instead of opening its stores.</summary>
/// <param name="ProcessId">Its process.</param>
/// <param name="Url">Base address.</param>
internal sealed record HostAddress(int ProcessId, string Url)
{
    /// <summary>Notes the address.</summary>
    public void Write(string path) => DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web));

    /// <summary>The address of the host that runs on a data folder; null when there is none.</summary>
    public static HostAddress? Find(DataDirectory directory)
    {
        if (!File.Exists(directory.Host))
            return null;
        var address = JsonSerializer.Deserialize<HostAddress>(File.ReadAllBytes(directory.Host), JsonSerializerOptions.Web);
        // A killed host leaves its note behind, and its process id may be another's by now: in a container it soon is. But
        // whoever runs on the folder holds its log.
        return address != null && IsRunning(address.ProcessId) && DirectoryLock.IsHeld(directory.Log) ? address : null;
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
            // No such process.
            return false;
        }
    }
}
