using System.Text.Json.Serialization;
using ClickFuncs.Budgets;

namespace ClickFuncs.Api.Budgets;

/// <summary>What a change of a budget sends.</summary>
/// <param name="AdvertiserId">Who pays.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="DailyMicros">Most a day; null for no limit.</param>
/// <param name="TotalMicros">Most altogether; null for no limit.</param>
/// <param name="Start">First day, UTC; null keeps the one there is, or is today.</param>
/// <param name="End">Last day; null for no end.</param>
internal sealed record BudgetBody(
    string? AdvertiserId, string? Currency, long? DailyMicros, long? TotalMicros, DateOnly? Start, DateOnly? End)
{
    public CampaignBudget ToBudget(string campaignId, DateOnly otherwiseStart) => new()
    {
        CampaignId = campaignId,
        AdvertiserId = AdvertiserId ?? "",
        Currency = Currency ?? "",
        DailyMicros = DailyMicros,
        TotalMicros = TotalMicros,
        Start = Start ?? otherwiseStart,
        End = End,
    };
}

// A misspelt limit must not pass for none.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(BudgetBody))]
internal sealed partial class BudgetBodyJson : JsonSerializerContext;
