using ClickFuncs.Simulation.Tests.World;

namespace ClickFuncs.Simulation.Tests.Mutations;

/// <summary>The state store takes commits of anybody, whoever owns the partition and wherever it stands.</summary>
internal sealed class UnfencedOwners : Mutation
{
    public override bool IsUnfenced => true;
}
