namespace ClickFuncs.Batch.Reconciliation;

/// <summary>
/// Why the recount and the stream differ. A closed set: docs/decisions/0006 says when each applies and with which sign.
/// </summary>
public static class Cause
{
    /// <summary>No cause: the recount itself.</summary>
    public const string Truth = "truth";

    /// <summary>Every cause of a difference, in the order of reports: name, and a sentence for those who read them.</summary>
    public static IReadOnlyList<(string Name, string Sentence)> All { get; } =
    [
        ("too_late", "The event came after its minute was closed to the stream; the recount counts it."),
        ("beyond_horizon", "A copy came after the stream had forgotten the event, and it was counted twice; the recount counts it once."),
        ("other_copy", "The copy that came first is not the one that happened first; the stream counted it in another hour or under another key."),
        ("quarantined", "The stream put the event aside as unreadable; the recount could read it."),
        ("not_processed", "The stream had not counted the event when the day was closed."),
        ("re_judged", "The mature fraud rules judge the event otherwise than the stream did."),
    ];
}
