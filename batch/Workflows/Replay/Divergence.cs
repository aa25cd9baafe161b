using ClickFuncs.Batch.Workflows.Journal;

namespace ClickFuncs.Batch.Workflows.Replay;

/// <summary>Whether the code did what its journal has. Pure. What it says about itself may change, that decides nothing.</summary>
internal static class Divergence
{
    private const int ShownBody = 200;

    /// <summary>Refuses decisions of a turn that are not those of the journal.</summary>
    /// <exception cref="WorkflowDivergedException">They are not; names the first that differs.</exception>
    public static void Refuse(string instanceId, IEnumerable<JournalEntry> expected, IEnumerable<JournalEntry> found)
    {
        JournalEntry[] wanted = [.. expected.Where(IsCompared)], actual = [.. found.Where(IsCompared)];
        for (var i = 0; i < Math.Max(wanted.Length, actual.Length); i++)
        {
            var (want, got) = (wanted.ElementAtOrDefault(i), actual.ElementAtOrDefault(i));
            if (want != got)
                throw new WorkflowDivergedException(instanceId, (want ?? got)!.Step, Describe(want), Describe(got));
        }
    }

    private static bool IsCompared(JournalEntry entry) => entry.Kind != JournalEntryKind.StatusSet;

    private static string Describe(JournalEntry? entry) => entry switch
    {
        null => "nothing",
        { Kind: JournalEntryKind.ActivityScheduled } => $"activity '{entry.Name}' with {Shorten(entry.Body)}",
        { Kind: JournalEntryKind.ChildScheduled } => $"workflow '{entry.Name}' as '{entry.Target}' with {Shorten(entry.Body)}",
        { Kind: JournalEntryKind.TimerScheduled } => FormattableString.Invariant($"a timer until {entry.Due:O}"),
        { Kind: JournalEntryKind.Completed } => $"its end with {Shorten(entry.Body)}",
        _ => $"its end by a failure, {Shorten(entry.Body)}",
    };

    private static string Shorten(string? body) => body is { Length: > ShownBody } ? string.Concat(body.AsSpan(0, ShownBody), "...") : body ?? "nothing";
}
