using ClickFuncs.State;

namespace ClickFuncs.Quarantine;

/// <summary>Port: the events that no window counts, kept with their bytes; and the way back for those that are valid by now, or were mended.</summary>
public interface IQuarantine
{
    /// <summary>Lists them, in the order of partition and sequence number.</summary>
    ValueTask<QuarantinePage> ListAsync(QuarantineQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Sends quarantined events through the pipeline, each counted once however often this is called: those that are valid now, or the mended forms
    /// that are given. Completes when they are counted, or when the host's bounds on a request are reached: the summary then says where to go on.
    /// </summary>
    /// <exception cref="ClickFuncs.Log.LogException">The log did not take them. What it took is known at the next call.</exception>
    Task<ReplaySummary> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken);
}

/// <summary>What is asked for.</summary>
/// <param name="Kind">Quarantined or late.</param>
/// <param name="Reason">Only these; null for all.</param>
/// <param name="Partition">First partition.</param>
/// <param name="FromSequence">First sequence number in it.</param>
/// <param name="Limit">Most entries.</param>
public sealed record QuarantineQuery(SideOutputKind Kind, string? Reason, int Partition, long FromSequence, int Limit);

/// <summary>Some of them.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record QuarantinePage(IReadOnlyList<QuarantineEntry> Entries, QuarantinePlace? Next);

/// <summary>A place on the log.</summary>
/// <param name="Partition">Zero-based partition.</param>
/// <param name="Sequence">Sequence number in it.</param>
public sealed record QuarantinePlace(int Partition, long Sequence);

/// <summary>An event that no window counts.</summary>
/// <param name="Place">Where it lies on the log.</param>
/// <param name="Reason">Why, in snake_case.</param>
/// <param name="Arrival">When the log took it.</param>
/// <param name="Event">The event as a line of JSON, or the input that could not be read as it came, or, if it is not text, in base64 with <c>base64:</c> before it.</param>
/// <param name="IsReplayed">Whether it was sent again.</param>
public sealed record QuarantineEntry(QuarantinePlace Place, string Reason, DateTimeOffset Arrival, string Event, bool IsReplayed);

/// <summary>What to send again.</summary>
/// <param name="Reason">Only those; null for all. Not looked at when mended ones are given.</param>
/// <param name="Mended">Events to send in the place of quarantined ones; empty to send what is valid as it is.</param>
/// <param name="IsDryRun">Whether to say only what would be sent.</param>
/// <param name="From">Where to begin, as the summary before said; null for the beginning. Not looked at when mended ones are given.</param>
public sealed record ReplayRequest(string? Reason, IReadOnlyList<MendedEvent> Mended, bool IsDryRun, QuarantinePlace? From = null);

/// <summary>A mended event.</summary>
/// <param name="Place">Where the quarantined one lies.</param>
/// <param name="Event">The event as a line of JSON, as <c>ingest</c> reads it.</param>
public sealed record MendedEvent(QuarantinePlace Place, string Event);

/// <summary>What became of a replay.</summary>
/// <param name="Looked">Quarantined events that were looked at.</param>
/// <param name="Sent">Events sent, or that would be.</param>
/// <param name="AlreadySent">Left out: sent by an earlier replay.</param>
/// <param name="StillInvalid">Left out: still no valid event; by reason.</param>
/// <param name="NotThere">Mended events for places where nothing is quarantined.</param>
/// <param name="LateAgain">Of those sent: too late for the stream; the close of their day counts them. Null when they were not all counted in time to tell.</param>
/// <param name="QuarantinedAgain">Of those sent: quarantined again. Null as above.</param>
/// <param name="Unsure">
/// Left out: nobody knows whether they were sent. Another replay is at them right now, or one broke off, and the stream may have forgotten their ids since, or
/// they were mended otherwise then: sent again they could be counted twice.
/// </param>
/// <param name="Next">Where the next request begins; null when everything was looked at. Of mended ones: the place of the first that was not; go on with those from there.</param>
public sealed record ReplaySummary(
    long Looked, long Sent, long AlreadySent, IReadOnlyDictionary<string, long> StillInvalid, long NotThere, long? LateAgain, long? QuarantinedAgain,
    long Unsure = 0, QuarantinePlace? Next = null);
