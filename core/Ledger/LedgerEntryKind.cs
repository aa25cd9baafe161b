namespace ClickFuncs.Ledger;

/// <summary>What an entry is about.</summary>
public enum LedgerEntryKind
{
    /// <summary>The first charge for the clicks of a day and campaign.</summary>
    Charge = 1,

    /// <summary>A difference to what was charged for a day and campaign, up or down, found by a later recount.</summary>
    Correction = 2,

    /// <summary>Money that came in.</summary>
    Payment = 3,

    /// <summary>Goodwill: owed, but not asked for.</summary>
    Credit = 4,
}
