using System.Diagnostics;

namespace ClickFuncs.EndToEnd.Tests.Spool;

/// <summary>A file system of a few megabytes over a folder, which a test can fill and free. Needs Linux and the right to mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const string Ballast = "ballast";
    private readonly string _folder;

    /// <summary>Mounts it.</summary>
    public SmallDisk(string folder, int megabytes)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder);
    }

    /// <summary>Whether this machine lets us.</summary>
    public static bool IsPossible { get; } = TryMount();

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(Path.Combine(_folder, Ballast), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var block = new byte[64 * 1024];
        for (var size = block.Length; size > 0; size /= 2)
        {
            try
            {
                while (true)
                    file.Write(block, 0, size);
            }
            catch (IOException)
            {
                // No room for so much; smaller pieces may still fit.
            }
        }
    }

    /// <summary>Gives it back.</summary>
    public void Free() => File.Delete(Path.Combine(_folder, Ballast));

    /// <inheritdoc/>
    public void Dispose() => Run("umount", "-l", _folder);

    private static bool TryMount()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return false;
        var folder = Directory.CreateTempSubdirectory("clickfuncs-mount-");
        try
        {
            new SmallDisk(folder.FullName, 1).Dispose();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Run(string program, params string[] args)
    {
        using var process = Process.Start(program, args);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', args)} ended with {process.ExitCode}.");
    }
}
