namespace ClickFuncs.Ledger;

/// <summary>What the recount found for a campaign on one day.</summary>
/// <param name="Journal">Who pays, in which currency.</param>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Total">All that the day should be charged, not a difference.</param>
public sealed record CampaignTotal(JournalId Journal, string CampaignId, ChargeAmount Total);
