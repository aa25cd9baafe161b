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

    private const int Interrupted = 4;

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int FDataSync(SafeFileHandle file);
}
