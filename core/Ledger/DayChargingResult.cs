namespace ClickFuncs.Ledger;

/// <summary>What a close posted.</summary>
/// <param name="Entries">All entries of this revision, by journal and campaign, made now or by an earlier try: the same however often it is run.</param>
/// <param name="OverLimit">Journals that owe more than they may, now.</param>
public sealed record DayChargingResult(IReadOnlyList<LedgerEntry> Entries, IReadOnlyList<JournalBalance> OverLimit);
