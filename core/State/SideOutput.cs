namespace ClickFuncs.State;

/// <summary>Which side output an event went to.</summary>
public enum SideOutputKind
{
    /// <summary>Beyond the allowed lateness (R13).</summary>
    Late = 1,

    /// <summary>Not a valid event (R16).</summary>
    Quarantine = 2,
}

/// <summary>An event that no window counts, kept with its bytes so that it can be explained and replayed.</summary>
/// <param name="Kind">Late or quarantined.</param>
/// <param name="Sequence">Its sequence number in the partition.</param>
/// <param name="Reason">Stable reason code in snake_case, such as <c>missing_click_id</c>.</param>
/// <param name="EventTimeMs">Event time, milliseconds since the Unix epoch; 0 when unknown.</param>
/// <param name="ArrivalMs">When the log accepted it.</param>
/// <param name="Record">The record as it lies on the log.</param>
public sealed record SideOutput(
    SideOutputKind Kind, long Sequence, string Reason, long EventTimeMs, long ArrivalMs, ReadOnlyMemory<byte> Record);
