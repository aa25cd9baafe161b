namespace ClickFuncs.Local.Storage;

/// <summary>Writes small files so that a crash leaves the old or the new content, never a mixture.</summary>
internal static class DurableFile
{
    /// <summary>Writes a temporary file, syncs it and renames it over the path.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its new content.</param>
    /// <param name="ownerOnly">Whether nobody but the owner may read it.</param>
    public static void Replace(string path, ReadOnlySpan<byte> content, bool ownerOnly = false)
    {
        var temporary = path + ".tmp";
        WriteTemporary(temporary, content, ownerOnly);
        File.Move(temporary, path, overwrite: true);
        // The new name too must outlive a power cut.
        DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Makes a file that several processes may make at once: the first one's content stays.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content, if it is missing.</param>
    /// <param name="ownerOnly">Whether nobody but the owner may read it.</param>
    /// <returns>Whether the content is this one.</returns>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content, bool ownerOnly = false)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        WriteTemporary(temporary, content, ownerOnly);
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
            return false;
        }

        DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return true;
    }

    private static void WriteTemporary(string temporary, ReadOnlySpan<byte> content, bool ownerOnly)
    {
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (ownerOnly && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(temporary, options);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }
}
