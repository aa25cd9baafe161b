namespace ClickFuncs.Ledger;

/// <summary>
/// How much an advertiser may owe in a currency. It is a closed set: <see cref="Unlimited"/>, <see cref="Prepaid"/> and
/// <see cref="Postpaid"/>. A limit never stops a charge for clicks that happened; being over it is reported, and whoever
/// serves ads acts on that.
/// </summary>
/// <param name="Micros">Most that may be owed, in micros; null for no limit.</param>
public readonly record struct CreditLimit(long? Micros)
{
    /// <summary>Billed afterwards, whatever it comes to. For known advertisers; the money at risk is all they spend until they pay. The default.</summary>
    public static CreditLimit Unlimited => default;

    /// <summary>Pays first: owing anything is over the limit. For unknown advertisers; nothing is at risk but what is under way when the money runs out.</summary>
    public static CreditLimit Prepaid => new(0);

    /// <summary>Billed afterwards up to an amount. The usual contract; that amount is what is at risk.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is not positive.</exception>
    public static CreditLimit Postpaid(long micros)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(micros);
        return new CreditLimit(micros);
    }

    /// <summary>Whether owing this much is more than allowed.</summary>
    public bool IsExceededBy(long balanceMicros) => balanceMicros > Micros;
}
