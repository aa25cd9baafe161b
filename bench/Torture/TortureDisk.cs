using System.Diagnostics;
using System.Globalization;

namespace ClickFuncs.Bench.Torture;

/// <summary>
/// A file system of its own in a file, mounted over a folder: it can be filled, frozen (writes and syncs hang) and made immutable (no file can
/// be made in the folder). Without the right to mount it is a plain folder, and these faults don't happen.
/// </summary>
internal sealed class TortureDisk : IDisposable
{
    private const string Ballast = "ballast";
    private readonly string _folder;
    private readonly string _image;
    private bool _isFrozen;
    private bool _isImmutable;

    /// <summary>Makes it.</summary>
    public TortureDisk(string folder, string image, int megabytes)
    {
        (_folder, _image) = (folder, image);
        Directory.CreateDirectory(folder);
        if (!IsPossible)
            return;
        using (var file = File.Create(image))
            file.SetLength((long)megabytes << 20);
        Run("mkfs.ext4", "-q", "-F", "-m", "0", image);
        Run("mount", "-o", "loop", image, folder);
    }

    /// <summary>Whether this machine lets us.</summary>
    public static bool IsPossible { get; } = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/dev/loop-control");

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        var path = Path.Combine(_folder, Ballast);
        for (var free = new DriveInfo(_folder).AvailableFreeSpace; free > 0; free /= 2)
            _ = TryRun("fallocate", "-l", ((File.Exists(path) ? new FileInfo(path).Length : 0) + free).ToString(CultureInfo.InvariantCulture), path);
    }

    /// <summary>Writes and syncs hang from now on, until healed.</summary>
    public void Freeze()
    {
        Run("fsfreeze", "-f", _folder);
        _isFrozen = true;
    }

    /// <summary>No file can be made or deleted in the folder, until healed.</summary>
    public void MakeImmutable()
    {
        Run("chattr", "+i", _folder);
        _isImmutable = true;
    }

    /// <summary>Writes and syncs go on.</summary>
    public void Thaw()
    {
        if (_isFrozen)
            Run("fsfreeze", "-u", _folder);
        _isFrozen = false;
    }

    /// <summary>Everything works again.</summary>
    public void Heal()
    {
        Thaw();
        if (_isImmutable)
            Run("chattr", "-i", _folder);
        _isImmutable = false;
        File.Delete(Path.Combine(_folder, Ballast));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!IsPossible)
            return;
        Heal();
        Run("umount", "-l", _folder);
        File.Delete(_image);
    }

    private static void Run(string program, params string[] args)
    {
        if (TryRun(program, args) is var code and not 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', args)} ended with {code}.");
    }

    private static int TryRun(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
