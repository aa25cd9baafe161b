namespace ClickFuncs.Ledger;

/// <summary>Money and clicks of a charge.</summary>
/// <param name="Micros">Millionths of the currency.</param>
/// <param name="Clicks">Billed clicks.</param>
public readonly record struct ChargeAmount(long Micros, long Clicks)
{
    /// <summary>Whether there is nothing to charge, not even clicks that cost nothing.</summary>
    public bool IsZero => Micros == 0 && Clicks == 0;

    /// <summary>The sum.</summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static ChargeAmount operator +(ChargeAmount left, ChargeAmount right) =>
        checked(new(left.Micros + right.Micros, left.Clicks + right.Clicks));

    /// <summary>The difference.</summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static ChargeAmount operator -(ChargeAmount left, ChargeAmount right) =>
        checked(new(left.Micros - right.Micros, left.Clicks - right.Clicks));

    /// <summary>The sum.</summary>
    public static ChargeAmount Add(ChargeAmount left, ChargeAmount right) => left + right;

    /// <summary>The difference.</summary>
    public static ChargeAmount Subtract(ChargeAmount left, ChargeAmount right) => left - right;
}
