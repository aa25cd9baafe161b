namespace ClickFuncs.Ledger;

/// <summary>One side of an entry.</summary>
/// <param name="Account">The account, such as <c>advertiser:adv_1:USD</c> or <c>revenue:USD</c>.</param>
/// <param name="AmountMicros">Millionths of the currency: debit positive, credit negative.</param>
public readonly record struct LedgerLeg(string Account, long AmountMicros);
