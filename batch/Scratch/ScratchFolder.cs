namespace ClickFuncs.Batch.Scratch;

/// <summary>A folder for one unit of work, gone when it is disposed.</summary>
internal sealed class ScratchFolder(ScratchOptions options) : IDisposable
{
    /// <summary>Its full path.</summary>
    internal string Path { get; } = Directory.CreateDirectory(System.IO.Path.Combine(options.Folder, System.IO.Path.GetRandomFileName())).FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
