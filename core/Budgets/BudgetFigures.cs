namespace ClickFuncs.Budgets;

/// <summary>What is known of a campaign's spend when its state is decided. Amounts in micros of the budget's currency.</summary>
/// <param name="NowMs">The time of the decision, milliseconds since the Unix epoch.</param>
/// <param name="AsOfMs">Everything clicked up to this time is in the amounts; <see cref="long.MinValue"/> when nothing is known.</param>
/// <param name="TodayMicros">Spent on the UTC day of <paramref name="NowMs"/>.</param>
/// <param name="TotalMicros">Spent from the budget's first day on.</param>
/// <param name="MicrosPerSecond">How fast it spends.</param>
/// <param name="HasOtherCurrency">Whether it was billed in another currency since the budget's first day.</param>
public readonly record struct BudgetFigures(
    long NowMs, long AsOfMs, long TodayMicros, long TotalMicros, long MicrosPerSecond, bool HasOtherCurrency)
{
    /// <summary>How old the amounts are, in milliseconds.</summary>
    public long StalenessMs => AsOfMs == long.MinValue ? long.MaxValue : Math.Max(0, NowMs - AsOfMs);
}
