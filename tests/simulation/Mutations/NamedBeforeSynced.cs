using ClickFuncs.Simulation.Tests.World;
using ClickFuncs.Testing.Lake;

namespace ClickFuncs.Simulation.Tests.Mutations;

/// <summary>A capture file gets its name before its bytes are on the disk: whoever dies then leaves a half of it under the name.</summary>
internal sealed class NamedBeforeSynced : Mutation
{
    public override void AfterArchiverDied(InMemoryLake lake)
    {
        if (lake.Paths.LastOrDefault(path => path.StartsWith("capture/", StringComparison.Ordinal)) is { } newest)
            lake.Overwrite(newest, lake[newest][..(lake[newest].Length / 2)]);
    }
}
