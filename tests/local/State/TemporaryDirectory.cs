namespace ClickFuncs.Local.Tests.State;

/// <summary>A folder that is gone after the test: in memory where the system has such a place, since these tests sync often.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private const string MemoryDisk = "/dev/shm";

    public string Path { get; } = System.IO.Path.Combine(
        Directory.Exists(MemoryDisk) ? MemoryDisk : System.IO.Path.GetTempPath(), "clickfuncs-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
