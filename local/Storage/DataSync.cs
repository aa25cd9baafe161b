using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ClickFuncs.Local.Storage;

/// <summary>Makes what was written to a file durable, and of what the file system knows about it only what reading it back needs.</summary>
internal static partial class DataSync
{
    /// <summary>Syncs the bytes, and the length if it changed. On Linux the times of the file are left for later: over space that the file
    /// already has, its journal then has nothing to write. Elsewhere everything is synced.</summary>
    /// <exception cref="IOException">The system refused; what is on the disk is not known.</exception>
    public static void Flush(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        while (FDataSync(file) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
                throw new IOException($"The file can't be synced: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>
    /// Returns when a part of a file has been written, which does not make it durable: the file's length and places are the journal's. For who writes
    /// much: left alone, the system collects half a minute of it and then writes all at once, and everybody's sync waits behind that. Elsewhere than on
    /// Linux it does nothing.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <exception cref="IOException">It could not be written. A later sync does not tell again.</exception>
    public static void Settle(SafeFileHandle file, long offset, long length)
    {
        if (!OperatingSystem.IsLinux() || length == 0 || SyncFileRange(file, offset, length, WaitBefore | Write | WaitAfter) == 0)
            return;
        if (Marshal.GetLastPInvokeError() is not (Interrupted or NotSeekable or Invalid or NotKnown))
            throw new IOException($"The file can't be written: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    private const int Interrupted = 4;
    // A file system or a sandbox that does not have it.
    private const int Invalid = 22;
    private const int NotSeekable = 29;
    private const int NotKnown = 38;

    private const uint WaitBefore = 1;
    private const uint Write = 2;
    private const uint WaitAfter = 4;

    [LibraryImport("libc", EntryPoint = "sync_file_range", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long length, uint flags);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int FDataSync(SafeFileHandle file);
}
