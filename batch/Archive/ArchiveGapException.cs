using ClickFuncs.Log;

namespace ClickFuncs.Batch.Archive;

/// <summary>
/// Log and archive of a partition don't meet: one of them has lost records. Going on would leave a hole that nobody sees, or archive
/// two records under one number; so nothing is archived until the lost part is restored.
/// </summary>
public sealed class ArchiveGapException(string message) : LogException(message);
