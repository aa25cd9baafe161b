using System.Globalization;
using ClickFuncs.Log;

namespace ClickFuncs.Local.Log;

/// <summary>
/// Exclusive right to write a folder. The system drops it when the process ends in any way, so a leftover file locks nothing.
/// The owner's process id stands in a second file, because a locked file can't be read by others.
/// </summary>
internal sealed class DirectoryLock : IDisposable
{
    private const string LockName = "lock";
    private const string OwnerName = "lock.owner";
    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="LogUnavailableException">Somebody holds it; the message names the process.</exception>
    public static DirectoryLock Take(string directory)
    {
        FileStream file;
        try
        {
            file = new FileStream(Path.Combine(directory, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new LogUnavailableException($"The log in {directory} is open for writing in process {Owner(directory)}. "
                + "Only one process can write it; stop that one first.", e);
        }

        File.WriteAllText(Path.Combine(directory, OwnerName), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new DirectoryLock(file);
    }

    /// <summary>Whether somebody holds the lock. Asked rarely: for the moment of asking nobody else can take it.</summary>
    public static bool IsHeld(string directory)
    {
        var path = Path.Combine(directory, LockName);
        if (!File.Exists(path))
            return false;
        try
        {
            using var probe = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string Owner(string directory)
    {
        var path = Path.Combine(directory, OwnerName);
        return File.Exists(path) ? File.ReadAllText(path) : "(unknown)";
    }
}
