namespace ClickFuncs.Api.Finance;

/// <summary>A page of the clicks behind a line of a statement.</summary>
/// <param name="Revision">The close that the line came from.</param>
/// <param name="Clicks">The clicks.</param>
/// <param name="Continuation">For the next page of the same question and close; null on the last.</param>
public sealed record EvidenceAnswer(int Revision, IReadOnlyList<EvidenceClickAnswer> Clicks, string? Continuation);

/// <summary>A click as the archive holds it.</summary>
/// <param name="ClickId">Its id.</param>
/// <param name="EventTime">When it happened.</param>
/// <param name="ArrivalTime">When the log took it.</param>
/// <param name="AdId">The ad.</param>
/// <param name="AdGroupId">Its group.</param>
/// <param name="CreativeId">The creative.</param>
/// <param name="Device">Device class.</param>
/// <param name="Country">Country.</param>
/// <param name="CostMicros">Price in millionths.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="UserPseudonym">Keyed hash of the user; null for none.</param>
/// <param name="IpPseudonym">Keyed hash of the address; null for none.</param>
/// <param name="UserAgent">The browser, as it named itself.</param>
/// <param name="Referrer">Where the visitor came from.</param>
/// <param name="Partition">Where it lies on the log.</param>
/// <param name="Sequence">And at which place.</param>
/// <param name="RawRecord">kept, or removed by retention.</param>
/// <param name="Billed">Whether it is billed.</param>
/// <param name="Invalid">Whether it was judged invalid.</param>
/// <param name="OverBudget">Whether it came over budget.</param>
/// <param name="Verdict">The verdict that holds.</param>
/// <param name="CameAs">What was known when it was clicked.</param>
/// <param name="Velocity">Windows that were too full.</param>
/// <param name="CountedInstead">When the click happened that this one repeats; else null.</param>
public sealed record EvidenceClickAnswer(
    string ClickId, DateTimeOffset EventTime, DateTimeOffset ArrivalTime, string AdId, string AdGroupId, string CreativeId, string Device, string Country, long CostMicros,
    string Currency, string? UserPseudonym, string? IpPseudonym, string UserAgent, string Referrer, int Partition, long Sequence, string RawRecord, bool Billed, bool Invalid,
    bool OverBudget, VerdictAnswer Verdict, VerdictAnswer CameAs, IReadOnlyList<VelocityAnswer> Velocity, DateTimeOffset? CountedInstead);

/// <summary>How a click was judged.</summary>
/// <param name="Tier">valid, suspect or invalid.</param>
/// <param name="Reasons">Why, the weightiest first.</param>
public sealed record VerdictAnswer(string Tier, IReadOnlyList<string> Reasons);

/// <summary>A window that was too full.</summary>
/// <param name="Kind">ip or user.</param>
/// <param name="Clicks">Clicks in it.</param>
/// <param name="BreachedAt">When the threshold was passed.</param>
/// <param name="FlaggedAt">Since when the visitor is flagged.</param>
/// <param name="Threshold">Most clicks that are allowed; absent where it is not known.</param>
/// <param name="WindowMs">Width of the window; absent where it is not known.</param>
public sealed record VelocityAnswer(string Kind, long Clicks, DateTimeOffset BreachedAt, DateTimeOffset FlaggedAt, long? Threshold = null, long? WindowMs = null);
