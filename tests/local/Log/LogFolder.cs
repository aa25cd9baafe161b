using ClickFuncs.Local.Log;

namespace ClickFuncs.Local.Tests.Log;

/// <summary>A temporary folder with a log in it.</summary>
internal sealed class LogFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("clickfuncs-log-").FullName;

    public string Path => System.IO.Path.Combine(_root, "log");

    public SegmentLogOptions Options(int partitions = 2, long segmentBytes = 1 << 20) => new()
    {
        Directory = Path, PartitionCount = partitions, SegmentBytes = segmentBytes, RetryDelay = TimeSpan.FromSeconds(1),
    };

    public SegmentLog Open(int partitions = 2, long segmentBytes = 1 << 20) =>
        LogOpener.Open(Options(partitions, segmentBytes), TimeProvider.System);

    /// <summary>The segment files, oldest first.</summary>
    public string[] Segments() => StoredLog.SegmentPaths(Path);

    /// <summary>A copy of the files as they are now, as a crash would leave them.</summary>
    public LogFolder Copy()
    {
        var copy = new LogFolder();
        Directory.CreateDirectory(copy.Path);
        foreach (var file in Segments())
            File.Copy(file, System.IO.Path.Combine(copy.Path, System.IO.Path.GetFileName(file)));
        return copy;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
