namespace ClickFuncs.Events;

/// <summary>Why bytes are not a valid event. <see cref="EventDefects.Code"/> gives the stable text.</summary>
public enum EventDefect
{
    /// <summary>It is valid.</summary>
    None = 0,

    /// <summary>The bytes end inside a field.</summary>
    Truncated,

    /// <summary>A field has the wrong wire type or an invalid tag.</summary>
    BadField,

    /// <summary>No event id.</summary>
    MissingClickId,

    /// <summary>No event time.</summary>
    MissingEventTime,

    /// <summary>The event time is before 2000 or after 9999.</summary>
    EventTimeOutOfRange,

    /// <summary>The type is none this version knows.</summary>
    UnknownType,

    /// <summary>The cost is negative or above <see cref="EventLimits.MaxCostMicros"/>.</summary>
    CostOutOfRange,

    /// <summary>A cost without a currency of three capital letters.</summary>
    BadCurrency,

    /// <summary>No advertiser, campaign or ad.</summary>
    MissingDimension,

    /// <summary>The verdict's tier is none this version knows, or it lacks reasons, or has some without need.</summary>
    BadVerdict,

    /// <summary>An id or a text is longer than <see cref="EventLimits"/> allows.</summary>
    FieldTooLong,

    /// <summary>A text is not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>The event time lies too far after the arrival.</summary>
    FutureEventTime,

    /// <summary>The input could not be read where it came in; the record carries it and the reason.</summary>
    RejectedInput,
}

/// <summary>Stable texts of <see cref="EventDefect"/>.</summary>
public static class EventDefects
{
    /// <summary>Reason code in snake_case, as in quarantine, answers and metrics.</summary>
    public static string Code(this EventDefect defect) => defect switch
    {
        EventDefect.None => "none",
        EventDefect.Truncated => "truncated",
        EventDefect.BadField => "bad_field",
        EventDefect.MissingClickId => "missing_click_id",
        EventDefect.MissingEventTime => "missing_event_time",
        EventDefect.EventTimeOutOfRange => "event_time_out_of_range",
        EventDefect.UnknownType => "unknown_type",
        EventDefect.CostOutOfRange => "cost_out_of_range",
        EventDefect.BadCurrency => "bad_currency",
        EventDefect.MissingDimension => "missing_dimension",
        EventDefect.BadVerdict => "bad_verdict",
        EventDefect.FieldTooLong => "field_too_long",
        EventDefect.InvalidUtf8 => "invalid_utf8",
        EventDefect.FutureEventTime => "future_event_time",
        EventDefect.RejectedInput => "rejected_input",
        _ => throw new ArgumentOutOfRangeException(nameof(defect), defect, null),
    };
}
