using ClickFuncs.Ledger;
using ClickFuncs.Simulation.Tests.World;

namespace ClickFuncs.Simulation.Tests.Mutations;

/// <summary>A close decides what to charge without looking at what is posted for the day: the next close of the day charges it all again.</summary>
internal sealed class BlindCharges : Mutation
{
    public override ILedger OnLedger(ILedger ledger) => new BlindLedger(ledger, static posting => posting);
}
