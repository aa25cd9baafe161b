using ClickFuncs.Batch.Recount;

namespace ClickFuncs.Batch.Reconciliation;

/// <summary>Why the recount and the stream differ, in the order of reports, with a sentence for those who read them.</summary>
public static class Cause
{
    /// <summary>No cause: the recount itself.</summary>
    public static string Truth { get; } = RecountCause.Truth.Code();

    /// <summary>No cause either: copies of events of an earlier day, as raw clicks, which no count holds.</summary>
    public static string EarlierDay { get; } = RecountCause.EarlierDay.Code();

    /// <summary>Every cause of a difference: name and sentence. docs/decisions/0006 says when each applies and with which sign.</summary>
    public static IReadOnlyList<(string Name, string Sentence)> All { get; } =
    [
        (RecountCause.TooLate.Code(), "The event came after its minute was closed to the stream; the recount counts it."),
        (RecountCause.BeyondHorizon.Code(), "A copy came after the stream had forgotten the event, and it was counted twice; the recount counts it once."),
        (RecountCause.OtherCopy.Code(), "The copy that came first is not the one that happened first; the stream counted it in another hour or under another key."),
        (RecountCause.OtherPartition.Code(), "A copy came by another partition, where the stream counted it too; the recount counts the event once."),
        (RecountCause.Quarantined.Code(), "The stream put the event aside as unreadable; the recount could read it."),
        (RecountCause.NotProcessed.Code(), "The stream had not counted the event when its numbers were read."),
        (RecountCause.ReJudged.Code(), "The mature fraud rules judge the event otherwise than the stream did."),
    ];
}
