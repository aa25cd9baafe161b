namespace ClickFuncs.Lake;

/// <summary>A file of the lake.</summary>
/// <param name="Path">Its path in the lake.</param>
/// <param name="Length">Its size in bytes.</param>
public sealed record LakeFile(string Path, long Length);
