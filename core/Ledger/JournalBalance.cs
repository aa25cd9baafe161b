namespace ClickFuncs.Ledger;

/// <summary>What an advertiser owes, against what it may owe.</summary>
/// <param name="Head">Where the journal stands.</param>
/// <param name="Limit">What may be owed.</param>
public sealed record JournalBalance(JournalHead Head, CreditLimit Limit)
{
    /// <summary>Whether more is owed than allowed.</summary>
    public bool IsOverLimit => Limit.IsExceededBy(Head.BalanceMicros);
}
