using ClickFuncs.Batch.Workflows.Journal;

namespace ClickFuncs.Batch.Workflows.Replay;

/// <summary>Where a replay arrived.</summary>
/// <param name="Undecided">Decisions that the journal does not have yet: the process died before they were written.</param>
/// <param name="Attempts">For steps whose tries failed: the last of those entries.</param>
/// <param name="Cancel">The entry that asks for an end; null if nobody did.</param>
internal sealed record Replayed(
    IReadOnlyList<JournalEntry> Undecided, IReadOnlyDictionary<int, JournalEntry> Attempts, JournalEntry? Cancel);
