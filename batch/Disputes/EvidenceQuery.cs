namespace ClickFuncs.Batch.Disputes;

/// <summary>The line of a statement, or a part of it, whose clicks somebody wants to see (R29).</summary>
/// <param name="Day">Day of event time, UTC.</param>
/// <param name="AdvertiserId">Who paid.</param>
/// <param name="CampaignId">For which campaign.</param>
public sealed record EvidenceQuery(DateOnly Day, string AdvertiserId, string CampaignId)
{
    /// <summary>Only clicks on this ad.</summary>
    public string? AdId { get; init; }

    /// <summary>Only clicks of this hour of the day, 0 to 23.</summary>
    public int? Hour { get; init; }
}
