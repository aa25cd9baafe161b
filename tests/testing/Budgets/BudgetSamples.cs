using ClickFuncs.Budgets;

namespace ClickFuncs.Testing.Budgets;

/// <summary>Budgets and reports to test with.</summary>
public static class BudgetSamples
{
    /// <summary>Noon of 2026-07-01, UTC, in milliseconds since the Unix epoch.</summary>
    public const long Noon = 1_782_907_200_000;

    /// <summary>The UTC day of <see cref="Noon"/>.</summary>
    public static readonly int Day = BudgetDay.Of(Noon);

    /// <summary>100 dollars a day, 1,000 altogether, from the day of <see cref="Noon"/> on.</summary>
    public static CampaignBudget Budget(string campaign = "cmp_77b6a5d4") => new()
    {
        CampaignId = campaign,
        AdvertiserId = "adv_88f7e6d5",
        Currency = "USD",
        DailyMicros = 100_000_000,
        TotalMicros = 1_000_000_000,
        Start = new DateOnly(2026, 7, 1),
    };

    /// <summary>What a partition says of the minute of <see cref="Noon"/>, or of some minutes later.</summary>
    public static SpendPartial Partial(
        long version, long micros, int partition = 0, int minutes = 0, string campaign = "cmp_77b6a5d4", string currency = "USD") =>
        new(campaign, currency, partition, Noon + (minutes * 60_000L), version, micros);

    /// <summary>The report of one commit; nothing is closed by it.</summary>
    public static SpendReport Report(params SpendPartial[] partials) =>
        new(partials[0].Partition, partials.Max(partial => partial.Version), 0, partials);
}
