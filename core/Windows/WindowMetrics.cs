namespace ClickFuncs.Windows;

/// <summary>What is counted per window and dimension key. Sums of integers: any order gives the same.</summary>
public struct WindowMetrics : IEquatable<WindowMetrics>
{
    /// <summary>Ads shown.</summary>
    public long Impressions;

    /// <summary>Clicks as they arrived, duplicates included.</summary>
    public long RawClicks;

    /// <summary>Clicks that are billed: after deduplication, neither invalid nor over budget.</summary>
    public long Clicks;

    /// <summary>Conversions after deduplication.</summary>
    public long Conversions;

    /// <summary>Cost of <see cref="Clicks"/> in millionths of the currency unit.</summary>
    public long SpendMicros;

    /// <summary>Clicks after deduplication that were judged invalid (R21): not billed, whatever the budget.</summary>
    public long InvalidClicks;

    /// <summary>Clicks after deduplication that came over budget and were not judged invalid (R22): not billed.</summary>
    public long OverBudgetClicks;

    /// <summary>Clicks as they arrived less all that were counted once.</summary>
    public readonly long DuplicateClicks => checked(RawClicks - Clicks - InvalidClicks - OverBudgetClicks);

    /// <summary>Adds the other's counts to this one's; throws on overflow rather than wrapping money.</summary>
    public void Add(in WindowMetrics other)
    {
        checked
        {
            Impressions += other.Impressions;
            RawClicks += other.RawClicks;
            Clicks += other.Clicks;
            Conversions += other.Conversions;
            SpendMicros += other.SpendMicros;
            InvalidClicks += other.InvalidClicks;
            OverBudgetClicks += other.OverBudgetClicks;
        }
    }

    /// <inheritdoc/>
    public readonly bool Equals(WindowMetrics other) =>
        Impressions == other.Impressions && RawClicks == other.RawClicks && Clicks == other.Clicks
        && Conversions == other.Conversions && SpendMicros == other.SpendMicros
        && InvalidClicks == other.InvalidClicks && OverBudgetClicks == other.OverBudgetClicks;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is WindowMetrics other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(
        Impressions, RawClicks, Clicks, Conversions, SpendMicros, InvalidClicks, OverBudgetClicks);

    /// <summary>Whether all counts are equal.</summary>
    public static bool operator ==(WindowMetrics left, WindowMetrics right) => left.Equals(right);

    /// <summary>Whether a count differs.</summary>
    public static bool operator !=(WindowMetrics left, WindowMetrics right) => !left.Equals(right);

    /// <inheritdoc/>
    public override readonly string ToString() =>
        $"impressions={Impressions} raw={RawClicks} clicks={Clicks} conversions={Conversions} spend={SpendMicros} "
        + $"invalid={InvalidClicks} over_budget={OverBudgetClicks}";
}
