namespace ClickFuncs.Budgets;

/// <summary>Velocity times staleness: what may have been spent that nobody knows of yet. Pure, in integers, rounded against us.</summary>
public static class MoneyAtRisk
{
    /// <summary>The amount in micros, rounded up, at most <see cref="long.MaxValue"/>.</summary>
    /// <param name="microsPerSecond">Velocity.</param>
    /// <param name="stalenessMs">How old the known spend is, in milliseconds.</param>
    public static long Of(long microsPerSecond, long stalenessMs) =>
        (long)Int128.Min(long.MaxValue, (((Int128)Math.Max(0, microsPerSecond) * Math.Max(0, stalenessMs)) + 999) / 1_000);

    /// <summary>For how long an amount lasts at a velocity, in milliseconds, rounded down; <see cref="long.MaxValue"/> when nothing is spent.</summary>
    /// <param name="micros">The amount.</param>
    /// <param name="microsPerSecond">Velocity.</param>
    public static long Lasts(long micros, long microsPerSecond) => microsPerSecond <= 0
        ? long.MaxValue
        : (long)Int128.Min(long.MaxValue, (Int128)Math.Max(0, micros) * 1_000 / microsPerSecond);
}
