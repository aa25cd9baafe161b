namespace ClickFuncs.Local.Log;

/// <summary>Where segment files are written: the seam at which tests make a disk full, slow or faulty.</summary>
internal interface ILogDisk
{
    /// <summary>Makes a segment with its header under its final name, durable in content and name, or throws and leaves none.</summary>
    void Create(string path, ReadOnlySpan<byte> header);

    /// <summary>Opens a segment for writing.</summary>
    ISegmentSink Open(string path);
}
