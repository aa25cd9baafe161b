using ClickFuncs.Windows;

namespace ClickFuncs.Analytics;

/// <summary>
/// The ratios of an answer (R32), in decimal, null where the divisor is 0. One rounding rule for all: six decimals, half
/// to even. Ratios of sums, never sums of ratios.
/// </summary>
public static class Ratios
{
    private const int Decimals = 6;
    private const decimal MicrosPerUnit = 1_000_000m;

    /// <summary>Clicks per impression.</summary>
    public static decimal? ClickThrough(in WindowMetrics metrics) => Divide(metrics.Clicks, metrics.Impressions);

    /// <summary>Conversions per click.</summary>
    public static decimal? Conversion(in WindowMetrics metrics) => Divide(metrics.Conversions, metrics.Clicks);

    /// <summary>Spend per click, in currency units.</summary>
    public static decimal? CostPerClick(in WindowMetrics metrics) => Divide(metrics.SpendMicros / MicrosPerUnit, metrics.Clicks);

    /// <summary>Spend in currency units; exact.</summary>
    public static decimal Spend(in WindowMetrics metrics) => metrics.SpendMicros / MicrosPerUnit;

    private static decimal? Divide(decimal dividend, long divisor) =>
        divisor == 0 ? null : Math.Round(dividend / divisor, Decimals, MidpointRounding.ToEven);
}
