using ClickFuncs.Batch.Recount;
using ClickFuncs.Verdicts;
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

    /// <summary>The verdict it came with: what was known when it was clicked.</summary>
    public Verdict CameAs { get; init; }

    /// <summary>The verdict that holds: of the night, if that judged it again.</summary>
    public Verdict Verdict { get; init; }

    /// <summary>Why its address was too fast; null if it was not, or nobody looked.</summary>
    public VelocityEvidence? Address { get; init; }

    /// <summary>Why its user was too fast; null likewise.</summary>
    public VelocityEvidence? User { get; init; }

    /// <summary>Whether it was judged invalid: not billed, whatever the budget.</summary>
    public bool IsInvalid { get; init; }

    /// <summary>Whether it came over budget and was not judged invalid: not billed.</summary>
    public bool IsOverBudget { get; init; }

    /// <summary>Whether it was charged: no repeat, not invalid and not over budget.</summary>
    public bool Counts => CountedInstead == null && !IsInvalid && !IsOverBudget;
}

/// <summary>What the velocity rules of the night found.</summary>
/// <param name="FlaggedMs">When the flag began, milliseconds since the Unix epoch.</param>
/// <param name="BreachMs">The newest step before the click at which there were too many.</param>
/// <param name="Clicks">Clicks in the window that ends with it.</param>
public sealed record VelocityEvidence(long FlaggedMs, long BreachMs, long Clicks);

/// <summary>The click that stands for its repeats.</summary>
/// <param name="EventTimeMs">Event time; the day before, maybe.</param>
/// <param name="Position">Where it lies on the log.</param>
public sealed record CountedClick(long EventTimeMs, RecordPosition Position);
