namespace ClickFuncs.Local.Storage;

/// <summary>Replaces small files so that a crash leaves the old or the new content, never a mixture.</summary>
internal static class DurableFile
{
    /// <summary>Writes a temporary file, syncs it and renames it over the path.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its new content.</param>
    /// <param name="ownerOnly">Whether nobody but the owner may read it.</param>
    public static void Replace(string path, ReadOnlySpan<byte> content, bool ownerOnly = false)
    {
        var temporary = path + ".tmp";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (ownerOnly && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        // The new name too must outlive a power cut.
        DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
