using ClickFuncs.Local.Storage;

namespace ClickFuncs.Local.Log;

/// <summary>Segments as files.</summary>
internal sealed class FileDisk : ILogDisk
{
    /// <summary>Ending of a segment that is not complete yet; left over after a crash it means nothing.</summary>
    public const string UnfinishedEnding = ".new";

    /// <inheritdoc/>
    public void Create(string path, ReadOnlySpan<byte> header)
    {
        var unfinished = path + UnfinishedEnding;
        using (var file = File.OpenHandle(unfinished, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, header, 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(unfinished, path, overwrite: true);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
    }

    /// <inheritdoc/>
    public ISegmentSink Open(string path) => new SegmentFile(path);
}
