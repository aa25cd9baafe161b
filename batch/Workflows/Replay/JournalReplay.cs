using ClickFuncs.Batch.Workflows.Journal;

namespace ClickFuncs.Batch.Workflows.Replay;

/// <summary>
/// Feeds a journal to a workflow's code, and holds what the code decides against what the journal says it decided.
/// </summary>
internal static class JournalReplay
{
    /// <summary>Replays a journal of an execution that has not ended.</summary>
    /// <exception cref="WorkflowDivergedException">The code decides otherwise than the journal has it.</exception>
    public static Replayed Run(string instanceId, IReadOnlyList<JournalEntry> journal, WorkflowTurns turns)
    {
        IReadOnlyList<JournalEntry> undecided = [];
        var attempts = new Dictionary<int, JournalEntry>();
        for (var i = 0; i < journal.Count; i++)
        {
            var entry = journal[i];
            if (entry.Kind == JournalEntryKind.AttemptFailed)
                attempts[entry.Step] = entry;
            if (!entry.IsInput)
                continue;
            var found = turns.Feed(entry);
            var expected = journal.Skip(i + 1).TakeWhile(next => next.IsDecision).ToList();
            // A turn's decisions are written at once, so either all are missing or none; and only those of the last turn can be.
            if (expected.Count == 0 && !journal.Skip(i + 1).Any(later => later.IsInput))
                undecided = found;
            else
                Divergence.Refuse(instanceId, expected, found);
        }

        return new Replayed(undecided, attempts, journal.FirstOrDefault(entry => entry.Kind == JournalEntryKind.CancelRequested));
    }
}
