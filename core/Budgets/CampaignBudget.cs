namespace ClickFuncs.Budgets;

/// <summary>What a campaign may spend. Days are UTC days of the clicks' event times; amounts are millionths of the currency unit.</summary>
public sealed record CampaignBudget
{
    /// <summary>The campaign.</summary>
    public required string CampaignId { get; init; }

    /// <summary>Who pays for it. Decides who may see the budget; it can't be changed.</summary>
    public required string AdvertiserId { get; init; }

    /// <summary>ISO 4217 code. Spend in another currency is not added: it holds the campaign back.</summary>
    public required string Currency { get; init; }

    /// <summary>Most to spend on one UTC day; null for no daily limit.</summary>
    public long? DailyMicros { get; init; }

    /// <summary>Most to spend from <see cref="Start"/> on; null for no total limit.</summary>
    public long? TotalMicros { get; init; }

    /// <summary>First day whose spend counts and on which the campaign may run.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>Last day on which the campaign may run; null for no end.</summary>
    public DateOnly? End { get; init; }
}
