using ClickFuncs.Local.Storage;
using Microsoft.Win32.SafeHandles;

namespace ClickFuncs.Local.Log;

/// <summary>A segment as a file.</summary>
internal sealed class SegmentFile(string path) : ISegmentSink
{
    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    /// <inheritdoc/>
    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> pieces, long offset) => RandomAccess.Write(_file, pieces, offset);

    /// <inheritdoc/>
    public void Flush() => DataSync.Flush(_file);

    /// <inheritdoc/>
    public void Truncate(long length)
    {
        RandomAccess.SetLength(_file, length);
        RandomAccess.FlushToDisk(_file);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
