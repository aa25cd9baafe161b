using System.Text;
using ClickFuncs.Events;

namespace ClickFuncs.Ledger;

/// <summary>
/// Names a journal: there is one per advertiser and currency, since amounts of two currencies are never added. An advertiser
/// is whoever an event may name, so the only demands on the id are those that a valid event meets.
/// </summary>
public sealed record JournalId
{
    /// <param name="advertiserId">Who pays.</param>
    /// <param name="currency">Three capital letters.</param>
    /// <exception cref="ArgumentException">The id is empty, too long or no text, or the currency is no code.</exception>
    public JournalId(string advertiserId, string currency)
    {
        ArgumentException.ThrowIfNullOrEmpty(advertiserId);
        ArgumentNullException.ThrowIfNull(currency);
        if (Encoding.UTF8.GetByteCount(advertiserId) > EventLimits.MaxIdBytes || !LedgerText.IsWellFormed(advertiserId))
            throw new ArgumentException($"The advertiser must be text of at most {EventLimits.MaxIdBytes} bytes.", nameof(advertiserId));
        if (currency.Length != 3 || currency.AsSpan().ContainsAnyExceptInRange('A', 'Z'))
            throw new ArgumentException($"The currency is '{currency}'; it must be three capital letters, such as USD.", nameof(currency));
        (AdvertiserId, Currency) = (advertiserId, currency);
    }

    /// <summary>By advertiser, then currency, compared ordinally: the order of seals and lists.</summary>
    public static IComparer<JournalId> Order { get; } = Comparer<JournalId>.Create((a, b) =>
        string.CompareOrdinal(a.AdvertiserId, b.AdvertiserId) is var byAdvertiser and not 0 ? byAdvertiser : string.CompareOrdinal(a.Currency, b.Currency));

    /// <summary>Who pays.</summary>
    public string AdvertiserId { get; }

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; }

    /// <summary>The account of what the advertiser owes in this currency: debit raises it.</summary>
    public string Receivable => $"advertiser:{AdvertiserId}:{Currency}";

    /// <summary>For messages.</summary>
    public override string ToString() => $"{AdvertiserId} in {Currency}";
}
