using ClickFuncs.Budgets;

namespace ClickFuncs.Local.Demo;

/// <summary>Budgets for the demo's first campaigns: a wide one, and one that its traffic spends within minutes.</summary>
internal static class DemoBudgets
{
    /// <summary>Sets them where there are none; what somebody changed stays.</summary>
    public static async Task SetAsync(IBudgetStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        await SetAsync(store, "cmp_fjord_1", 1_000_000, today, cancellationToken);
        await SetAsync(store, "cmp_fjord_2", 200, today, cancellationToken);
    }

    private static async Task SetAsync(IBudgetStore store, string campaign, int units, DateOnly today, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(campaign, cancellationToken) is null)
        {
            await store.PutAsync(
                new CampaignBudget { CampaignId = campaign, AdvertiserId = "adv_fjord", Currency = "NOK", DailyMicros = units * 1_000_000L, Start = today }, 0, cancellationToken);
        }
    }
}
