using ClickFuncs.Batch.Recount;
using ClickFuncs.Windows;

namespace ClickFuncs.Batch.Disputes;

/// <summary>A click as the archive holds it, and whether it was charged.</summary>
public sealed record EvidenceClick
{
    /// <summary>Its id; bytes that are no text are written <c>\xHH</c>.</summary>
    public required string ClickId { get; init; }

    /// <summary>Event time, milliseconds since the Unix epoch.</summary>
    public required long EventTimeMs { get; init; }

    /// <summary>When the log accepted it, milliseconds since the Unix epoch.</summary>
    public required long ArrivalMs { get; init; }

    /// <summary>Where it lies on the log.</summary>
    public required RecordPosition Position { get; init; }

    /// <summary>Advertiser, campaign, ad and the other dimensions.</summary>
    public required DimensionKey Key { get; init; }

    /// <summary>Its price in millionths of the currency unit, whether it was charged or not.</summary>
    public required long CostMicros { get; init; }

    /// <summary>Pseudonym of the user; 0 for none.</summary>
    public required ulong UserKey { get; init; }

    /// <summary>Pseudonym of the address; 0 for none.</summary>
    public required ulong IpKey { get; init; }

    /// <summary>The User-Agent header; empty for none.</summary>
    public required string UserAgent { get; init; }

    /// <summary>The Referer header; empty for none.</summary>
    public required string Referrer { get; init; }

    /// <summary>Null: it is the first of its id. Otherwise it is a repeat, and this is the one that counts for it.</summary>
    public CountedClick? CountedInstead { get; init; }

    /// <summary>Whether it was judged invalid: not billed, whatever the budget.</summary>
    public bool IsInvalid { get; init; }

    /// <summary>Whether it came over budget and was not judged invalid: not billed.</summary>
    public bool IsOverBudget { get; init; }

    /// <summary>Whether it was charged: no repeat, not invalid and not over budget.</summary>
    public bool Counts => CountedInstead == null && !IsInvalid && !IsOverBudget;
}

/// <summary>The click that stands for its repeats.</summary>
/// <param name="EventTimeMs">Event time; the day before, maybe.</param>
/// <param name="Position">Where it lies on the log.</param>
public sealed record CountedClick(long EventTimeMs, RecordPosition Position);
