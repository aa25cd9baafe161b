namespace ClickFuncs.Batch.Workflows.Journal;

/// <summary>A write to a journal was refused: somebody else owns it. Whoever gets this must stop, what it remembers is out of date.</summary>
public sealed class JournalConflictException(string message) : Exception(message);
