namespace ClickFuncs.Api.Budgets;

/// <summary>A budget and how it stands. Amounts are whole millionths of the currency unit.</summary>
/// <param name="CampaignId">Whose budget.</param>
/// <param name="AdvertiserId">Its advertiser.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="DailyMicros">For a UTC day; null for none.</param>
/// <param name="TotalMicros">In all; null for none.</param>
/// <param name="Start">First day.</param>
/// <param name="End">Last day; null for none.</param>
/// <param name="Version">Counts the changes; the ETag.</param>
/// <param name="State">active, pacing, held or exhausted.</param>
/// <param name="Reason">Why.</param>
/// <param name="Since">Since when; null while it is not known.</param>
/// <param name="SpentTodayMicros">Spent on the UTC day; null while it is not known, as the next four.</param>
/// <param name="SpentTotalMicros">Spent in all.</param>
/// <param name="RemainingMicros">What is left of the tighter limit.</param>
/// <param name="MicrosPerSecond">How fast it is spent.</param>
/// <param name="AtRiskMicros">What may have been spent unseen.</param>
/// <param name="AsOf">Up to when spend is known.</param>
public sealed record BudgetAnswer(
    string CampaignId, string AdvertiserId, string Currency, long? DailyMicros, long? TotalMicros, DateOnly Start, DateOnly? End, long Version, string State, string Reason,
    DateTimeOffset? Since, long? SpentTodayMicros, long? SpentTotalMicros, long? RemainingMicros, long? MicrosPerSecond, long? AtRiskMicros, DateTimeOffset? AsOf);

/// <summary>A page of budgets.</summary>
/// <param name="Budgets">By campaign id.</param>
/// <param name="Next">The after of the next page; null on the last.</param>
public sealed record BudgetsAnswer(IReadOnlyList<BudgetAnswer> Budgets, string? Next);

/// <summary>The campaigns to stop.</summary>
/// <param name="Blocked">By campaign id.</param>
public sealed record BlockedAnswer(IReadOnlyList<BlockedCampaignAnswer> Blocked);

/// <summary>A campaign to stop.</summary>
/// <param name="CampaignId">The campaign.</param>
/// <param name="State">held or exhausted.</param>
/// <param name="Reason">Why.</param>
/// <param name="Since">Since when; null while it is not known.</param>
public sealed record BlockedCampaignAnswer(string CampaignId, string State, string Reason, DateTimeOffset? Since);
