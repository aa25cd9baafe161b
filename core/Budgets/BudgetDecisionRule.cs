namespace ClickFuncs.Budgets;

/// <summary>
/// Decides a campaign's state from its budget and its figures. Fails closed: a campaign is served only while what it may have spent
/// unseen is less than what is left, than the cap, and than <see cref="BudgetOptions.MaxStaleness"/> allows. Pure.
/// </summary>
public static class BudgetDecisionRule
{
    // A report has to come a few times before trust runs out, so that one that is late stops nobody.
    private const int ReportsPerTrust = 4;

    /// <summary>The state of one campaign by itself; <see cref="TotalRiskRule"/> looks at all together.</summary>
    public static BudgetDecision Decide(CampaignBudget budget, in BudgetFigures figures, BudgetOptions options)
    {
        ArgumentNullException.ThrowIfNull(budget);
        ArgumentNullException.ThrowIfNull(options);
        var remaining = Remaining(budget, figures);
        var atRisk = MoneyAtRisk.Of(figures.MicrosPerSecond, figures.StalenessMs);
        var trustMs = Math.Min(
            (long)options.MaxStaleness.TotalMilliseconds,
            MoneyAtRisk.Lasts(Math.Min(remaining, options.CampaignRiskMicros), figures.MicrosPerSecond));
        var reason = Against(budget, figures, options, trustMs);
        var state = reason switch
        {
            BudgetReason.None => BudgetState.Active,
            BudgetReason.NearLimit => BudgetState.Pacing,
            BudgetReason.DailySpent or BudgetReason.TotalSpent => BudgetState.Exhausted,
            _ => BudgetState.Held,
        };
        var openUntil = figures.AsOfMs == long.MinValue ? long.MinValue : Math.Min(figures.AsOfMs + trustMs, EndMs(budget));
        return new BudgetDecision(state, reason, openUntil, remaining, atRisk, Interval(trustMs, options));
    }

    /// <summary>What is left, never negative: what was overspent is in the amounts, not here.</summary>
    public static long Remaining(CampaignBudget budget, in BudgetFigures figures)
    {
        ArgumentNullException.ThrowIfNull(budget);
        var daily = budget.DailyMicros is { } day ? day - figures.TodayMicros : long.MaxValue;
        var total = budget.TotalMicros is { } all ? all - figures.TotalMicros : long.MaxValue;
        return Math.Max(0, Math.Min(daily, total));
    }

    private static BudgetReason Against(CampaignBudget budget, in BudgetFigures figures, BudgetOptions options, long trustMs)
    {
        // What is certain comes before what is unknown: spent money does not come back by being fresher.
        var today = BudgetDay.Of(figures.NowMs);
        if (today < BudgetDay.Of(budget.Start))
            return BudgetReason.NotStarted;
        if (figures.NowMs >= EndMs(budget))
            return BudgetReason.Ended;
        if (figures.TotalMicros >= budget.TotalMicros)
            return BudgetReason.TotalSpent;
        if (figures.TodayMicros >= budget.DailyMicros)
            return BudgetReason.DailySpent;
        if (figures.HasOtherCurrency)
            return BudgetReason.OtherCurrency;
        var limitMs = (long)options.MaxStaleness.TotalMilliseconds;
        if (figures.StalenessMs >= limitMs)
            return BudgetReason.SpendUnknown;
        if (figures.StalenessMs >= trustMs)
            return BudgetReason.MoneyAtRisk;
        return trustMs < limitMs ? BudgetReason.NearLimit : BudgetReason.None;
    }

    private static long EndMs(CampaignBudget budget) =>
        budget.End is { } end ? (BudgetDay.Of(end) + 1) * BudgetDay.Ms : long.MaxValue;

    private static long Interval(long trustMs, BudgetOptions options)
    {
        var shortest = (long)options.MinReportInterval.TotalMilliseconds;
        return Math.Clamp(trustMs / ReportsPerTrust, shortest, Math.Max(shortest, (long)options.MaxReportInterval.TotalMilliseconds));
    }
}
