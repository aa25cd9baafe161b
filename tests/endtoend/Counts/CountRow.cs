namespace ClickFuncs.EndToEnd.Tests.Counts;

/// <summary>The counts of one time and group, whoever counted them.</summary>
internal readonly record struct CountRow(
    long Impressions, long RawClicks, long Clicks, long Conversions, decimal SpendMicros, long InvalidClicks, long OverBudgetClicks)
{
    /// <summary>Sums rows.</summary>
    public static CountRow operator +(CountRow a, CountRow b) => new(
        a.Impressions + b.Impressions, a.RawClicks + b.RawClicks, a.Clicks + b.Clicks, a.Conversions + b.Conversions, a.SpendMicros + b.SpendMicros,
        a.InvalidClicks + b.InvalidClicks, a.OverBudgetClicks + b.OverBudgetClicks);
}
