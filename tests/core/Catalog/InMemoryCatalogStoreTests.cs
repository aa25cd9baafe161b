using ClickFuncs.Catalog;
using ClickFuncs.Testing.Catalog;

namespace ClickFuncs.Core.Tests.Catalog;

public sealed class InMemoryCatalogStoreTests : CatalogStoreContract
{
    protected override ICatalogStore Store { get; } = new InMemoryCatalogStore();
}
