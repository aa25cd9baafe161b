using ClickFuncs.Simulation.Tests.World;

namespace ClickFuncs.Simulation.Tests.Mutations;

/// <summary>The log acknowledges what is not on the disk.</summary>
internal sealed class LyingDisk : Mutation
{
    public override bool DiskLies => true;
}
