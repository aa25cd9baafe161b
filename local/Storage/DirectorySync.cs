using System.Runtime.InteropServices;

namespace ClickFuncs.Local.Storage;

/// <summary>Makes created, renamed and deleted names in a folder durable: syncing a file does not sync its name.</summary>
internal static partial class DirectorySync
{
    /// <summary>Syncs the folder itself. On Windows the file system's journal does it, there is nothing to call.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(directory, flags: 0);
        if (descriptor < 0)
            throw Failure(directory);
        try
        {
            if (FSync(descriptor) != 0)
                throw Failure(directory);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failure(string directory) =>
        new($"Folder {directory} can't be synced: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Close(int descriptor);
}
