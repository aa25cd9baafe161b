using System.Globalization;

namespace ClickFuncs.Ledger;

/// <summary>
/// Ids of entries, made from what they are about and never from chance, so that posting again after a crash meets the entry
/// that is there. An id is unique within its journal.
/// </summary>
public static class LedgerEntryIds
{
    /// <summary><c>charge:{day}:{campaign}:{currency}:r{revision}</c>, for a charge and for a correction alike: which of them it is, the ledger decides.</summary>
    public static string Charge(DateOnly day, string campaignId, string currency, int revision) =>
        string.Create(CultureInfo.InvariantCulture, $"charge:{day:yyyy-MM-dd}:{campaignId}:{currency}:r{revision}");

    /// <summary><c>payment:{reference}</c>.</summary>
    public static string Payment(string reference) => $"payment:{reference}";

    /// <summary><c>credit:{reference}</c>.</summary>
    public static string Credit(string reference) => $"credit:{reference}";
}
