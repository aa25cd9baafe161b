namespace ClickFuncs.Ledger;

/// <summary>The kinds of entries, by the names they have in storage, hashes and statements.</summary>
public static class LedgerEntryKinds
{
    /// <summary>All kinds.</summary>
    public static IReadOnlyList<LedgerEntryKind> All { get; } =
        [LedgerEntryKind.Charge, LedgerEntryKind.Correction, LedgerEntryKind.Payment, LedgerEntryKind.Credit];

    /// <summary><c>charge</c>, <c>correction</c>, <c>payment</c> or <c>credit</c>.</summary>
    public static string Name(this LedgerEntryKind kind) => kind switch
    {
        LedgerEntryKind.Charge => "charge",
        LedgerEntryKind.Correction => "correction",
        LedgerEntryKind.Payment => "payment",
        LedgerEntryKind.Credit => "credit",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No kind of entry."),
    };

    /// <summary>Whether clicks are the reason: charges and their corrections.</summary>
    public static bool IsForClicks(this LedgerEntryKind kind) => kind is LedgerEntryKind.Charge or LedgerEntryKind.Correction;

    /// <summary>The kind with this name, or null if none has it.</summary>
    public static LedgerEntryKind? Find(string name)
    {
        foreach (var kind in All)
        {
            if (kind.Name() == name)
                return kind;
        }

        return null;
    }
}
