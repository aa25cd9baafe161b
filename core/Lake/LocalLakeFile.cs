namespace ClickFuncs.Lake;

/// <summary>A file of the lake under a local file name, for as long as this is not disposed.</summary>
/// <param name="localPath">Absolute local path.</param>
/// <param name="release">Deletes the local copy; null when the lake is local and nothing was copied.</param>
public sealed class LocalLakeFile(string localPath, Func<ValueTask>? release = null) : IAsyncDisposable
{
    /// <summary>Absolute local path. Read only.</summary>
    public string LocalPath { get; } = localPath;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => release?.Invoke() ?? ValueTask.CompletedTask;
}
