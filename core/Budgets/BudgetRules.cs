using System.Text;
using ClickFuncs.Events;

namespace ClickFuncs.Budgets;

/// <summary>What makes a budget valid. Pure.</summary>
public static class BudgetRules
{
    /// <summary>The largest amount a budget can name: a billion units, far from where sums of micros overflow.</summary>
    public const long MaxMicros = 1_000_000_000_000_000;

    /// <summary>All rules the budget breaks, as sentences; empty when it is valid.</summary>
    public static IReadOnlyList<string> Problems(CampaignBudget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        var problems = new List<string>();
        CheckId("campaign_id", budget.CampaignId, problems);
        CheckId("advertiser_id", budget.AdvertiserId, problems);
        if (budget.Currency is not { Length: 3 } || budget.Currency.AsSpan().ContainsAnyExceptInRange('A', 'Z'))
            problems.Add("The currency must be three capital letters.");
        CheckAmount("daily", budget.DailyMicros, problems);
        CheckAmount("total", budget.TotalMicros, problems);
        if (budget.DailyMicros is null && budget.TotalMicros is null)
            problems.Add("A budget needs a daily or a total amount.");
        if (budget.End < budget.Start)
            problems.Add("The last day comes before the first.");
        return problems;
    }

    /// <summary>Refuses an invalid budget.</summary>
    /// <exception cref="ArgumentException">Says everything that is wrong with it.</exception>
    public static void Check(CampaignBudget budget)
    {
        var problems = Problems(budget);
        if (problems.Count > 0)
            throw new ArgumentException($"The budget of campaign '{budget.CampaignId}': {string.Join(' ', problems)}", nameof(budget));
    }

    private static void CheckAmount(string name, long? micros, List<string> problems)
    {
        if (micros is < 0 or > MaxMicros)
            problems.Add($"The {name} amount must lie between 0 and a billion.");
    }

    private static void CheckId(string name, string? id, List<string> problems)
    {
        if (string.IsNullOrEmpty(id))
            problems.Add($"{name} is missing.");
        else if (Encoding.UTF8.GetByteCount(id) > EventLimits.MaxIdBytes)
            problems.Add($"{name} is longer than {EventLimits.MaxIdBytes} bytes.");
        else if (id.AsSpan().ContainsAnyInRange('\0', '\u001f') || id.Contains('\ufffd', StringComparison.Ordinal))
            problems.Add($"{name} holds characters that are no text.");
    }
}
