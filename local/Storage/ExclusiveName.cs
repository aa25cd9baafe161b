using System.Runtime.InteropServices;

namespace ClickFuncs.Local.Storage;

/// <summary>
/// Gives a finished file its name only if nobody has it: of two who try, one succeeds. <see cref="File.Move(string, string, bool)"/> does not
/// promise that on Unix: it looks first and renames then.
/// </summary>
internal static partial class ExclusiveName
{
    private const int FileExists = 17;

    /// <summary>Moves a file to a name that is free.</summary>
    /// <returns>False when the name is taken; the file then stays where it is.</returns>
    /// <exception cref="IOException">The system refused for another reason.</exception>
    public static bool TryMove(string from, string to)
    {
        if (OperatingSystem.IsWindows())
            return TryMoveOnWindows(from, to);
        if (Link(from, to) != 0)
        {
            return Marshal.GetLastPInvokeError() == FileExists
                ? false
                : throw new IOException($"{to} can't be made by a hard link ({Marshal.GetLastPInvokeErrorMessage()}). Keep the data on a file system that has them.");
        }

        // A crash in between leaves a second name of the same file among the temporary ones, which is cleared away like those.
        File.Delete(from);
        return true;
    }

    private static bool TryMoveOnWindows(string from, string to)
    {
        try
        {
            File.Move(from, to, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(to))
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Link(string existing, string name);
}
