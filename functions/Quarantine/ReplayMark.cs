namespace ClickFuncs.Functions.Quarantine;

/// <summary>What is known of sending a quarantined event again.</summary>
/// <param name="Sequence">Sequence number of the quarantined one.</param>
/// <param name="Event">Fingerprint of the event that is sent in its place: by that id the stream knows a second one.</param>
/// <param name="SafeUntilMs">Until when the stream surely remembers that id, milliseconds since the Unix epoch.</param>
/// <param name="HeldUntilMs">Until when a replay is taken to be at it, milliseconds since the Unix epoch.</param>
/// <param name="Holder">Which replay.</param>
/// <param name="IsSent">Whether the hub has acknowledged it.</param>
public sealed record ReplayMark(long Sequence, string Event, long SafeUntilMs, long HeldUntilMs, string Holder, bool IsSent)
{
    /// <summary>Whether an event may be sent. Pure.</summary>
    /// <param name="before">What is known; null for nothing.</param>
    /// <param name="fingerprint">Of the event.</param>
    /// <param name="nowMs">The moment, milliseconds since the Unix epoch.</param>
    public static ReplayVerdict Judge(ReplayMark? before, string fingerprint, long nowMs) => before switch
    {
        null => ReplayVerdict.Free,
        { IsSent: true } => ReplayVerdict.Sent,
        // Under another id, or when this one is forgotten, the stream would count it beside the first one, should that be on the hub.
        _ when before.HeldUntilMs > nowMs || before.Event != fingerprint || before.SafeUntilMs < nowMs => ReplayVerdict.Unsure,
        _ => ReplayVerdict.Free,
    };
}

/// <summary>Whether a quarantined event may be sent again.</summary>
public enum ReplayVerdict
{
    /// <summary>It may: it was not sent, or the stream will drop the second one.</summary>
    Free,

    /// <summary>It was sent.</summary>
    Sent,

    /// <summary>It may have been sent, and a second one could count.</summary>
    Unsure,
}

/// <summary>Marks of a run of sequence numbers, as they are stored.</summary>
public sealed record ReplayMarksDocument
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The partition's number.</summary>
    public required string Pk { get; init; }

    /// <summary>The marks, in no order.</summary>
    public required IReadOnlyList<ReplayMark> Marks { get; init; }

    /// <summary>Seconds after which the service deletes it: no sooner than what it is of.</summary>
    [System.Text.Json.Serialization.JsonNumberHandling(System.Text.Json.Serialization.JsonNumberHandling.Strict)]
    public int Ttl { get; init; } = Cosmos.CommitDocuments.SideOutputTtl;
}
