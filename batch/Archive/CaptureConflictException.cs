namespace ClickFuncs.Batch.Archive;

/// <summary>Somebody else has written capture files of the partition meanwhile. What this writer had is dropped; it starts again from what the lake holds.</summary>
public sealed class CaptureConflictException(string message) : IOException(message);
