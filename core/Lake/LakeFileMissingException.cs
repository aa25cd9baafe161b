namespace ClickFuncs.Lake;

/// <summary>A file that should be in the lake is not. What is written there never goes away by itself: somebody deleted it, or the lake is not the one that was written to.</summary>
public sealed class LakeFileMissingException(string path) : IOException($"There is no file {path} in the lake.")
{
    /// <summary>Its path in the lake.</summary>
    public string Path { get; } = path;
}
