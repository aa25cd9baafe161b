using ClickFuncs.Local.Storage;
using ClickFuncs.Local.Tests.State;

namespace ClickFuncs.Local.Tests.Storage;

public sealed class DurableFileTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string File => Path.Combine(_folder.Path, "file");

    public DurableFileTests() => Directory.CreateDirectory(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TryCreate_OfAnExistingFile_LeavesIt()
    {
        Assert.True(DurableFile.TryCreate(File, "first"u8));
        Assert.False(DurableFile.TryCreate(File, "second"u8));

        Assert.Equal("first", System.IO.File.ReadAllText(File));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void TryCreate_AfterACrashInTheMiddle_Creates()
    {
        System.IO.File.WriteAllText($"{File}.{Environment.ProcessId}.tmp", "half");

        Assert.True(DurableFile.TryCreate(File, "whole"u8));

        Assert.Equal("whole", System.IO.File.ReadAllText(File));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void TryCreate_WhereThereIsNoFolder_Fails() =>
        Assert.Throws<DirectoryNotFoundException>(() => DurableFile.TryCreate(Path.Combine(_folder.Path, "missing", "file"), "x"u8));
}
