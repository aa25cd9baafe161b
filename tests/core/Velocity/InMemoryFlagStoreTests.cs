using ClickFuncs.Testing.Velocity;
using ClickFuncs.Velocity;

namespace ClickFuncs.Core.Tests.Velocity;

public sealed class InMemoryFlagStoreTests : FlagStoreContract
{
    protected override IFlagStore Open() => new InMemoryFlagStore();
}
