using ClickFuncs.Lake;
using ClickFuncs.Testing.Lake;

namespace ClickFuncs.Core.Tests.Lake;

public sealed class InMemoryLakeTests : LakeContract
{
    protected override ILake OpenEmpty() => new InMemoryLake();
}
