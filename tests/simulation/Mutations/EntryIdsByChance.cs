using ClickFuncs.Ledger;
using ClickFuncs.Simulation.Tests.World;

namespace ClickFuncs.Simulation.Tests.Mutations;

/// <summary>The id of an entry comes from a count of tries and not from what it is about: posted again after a lost answer, it is another entry.</summary>
internal sealed class EntryIdsByChance : Mutation
{
    private int _tries;

    public override ILedger OnLedger(ILedger ledger) => new BlindLedger(ledger, posting =>
    {
        var revision = ++_tries;
        return posting with { Revision = revision, EntryId = LedgerEntryIds.Charge(posting.ClickDay!.Value, posting.CampaignId, "USD", revision) };
    });
}
