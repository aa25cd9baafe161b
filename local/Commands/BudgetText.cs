using System.Globalization;
using System.Text.Json;
using ClickFuncs.Budgets;

namespace ClickFuncs.Local.Commands;

/// <summary>Budgets as the verb prints them: what is stored. The state, which depends on the moment, is what a running host answers.</summary>
internal static class BudgetText
{
    /// <summary>A budget; with what is spent of it if that is given.</summary>
    public static string Describe(StoredBudget stored, SpendTable? spend = null, int today = 0)
    {
        var budget = stored.Budget;
        return JsonSerializer.Serialize(new
        {
            campaign_id = budget.CampaignId,
            advertiser_id = budget.AdvertiserId,
            currency = budget.Currency,
            daily_micros = budget.DailyMicros,
            total_micros = budget.TotalMicros,
            start = Date(budget.Start),
            end = budget.End is { } end ? Date(end) : null,
            version = stored.Version,
            spent_today_micros = spend?.Spent(budget.CampaignId, budget.Currency, today),
            spent_total_micros = spend?.SpentFrom(budget.CampaignId, budget.Currency, BudgetDay.Of(budget.Start)),
        });
    }

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
