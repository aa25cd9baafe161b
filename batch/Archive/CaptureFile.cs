namespace ClickFuncs.Batch.Archive;

/// <summary>A capture file that is in the lake.</summary>
/// <param name="Path">Its name.</param>
/// <param name="Length">Its size in bytes.</param>
public sealed record CaptureFile(CapturePath Path, long Length);
