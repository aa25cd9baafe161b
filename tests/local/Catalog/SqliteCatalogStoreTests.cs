using ClickFuncs.Catalog;
using ClickFuncs.Local.Catalog;
using ClickFuncs.Testing.Catalog;

namespace ClickFuncs.Local.Tests.Catalog;

public sealed class SqliteCatalogStoreTests : CatalogStoreContract, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clickfuncs-catalog-");
    private readonly SqliteCatalogStore _store;

    public SqliteCatalogStoreTests() => _store = new SqliteCatalogStore(Path);

    protected override ICatalogStore Store => _store;

    private string Path => System.IO.Path.Combine(_folder.FullName, "catalog.db");

    [Fact]
    public async Task Open_AfterWrite_HasWhatWasWritten()
    {
        var version = await _store.UpsertAsync([CatalogSamples.Ad()], CancellationToken.None);
        _store.Dispose();

        using var reopened = new SqliteCatalogStore(Path);

        var changes = await reopened.ReadChangesAsync(0, CancellationToken.None);
        Assert.Equal(version, changes.Version);
        Assert.Equal([CatalogSamples.Ad()], changes.Ads);
    }

    [Fact]
    public async Task Upsert_FromASecondConnection_IsSeenByTheFirst()
    {
        using var other = new SqliteCatalogStore(Path);

        var version = await other.UpsertAsync([CatalogSamples.Ad()], CancellationToken.None);

        Assert.Equal(version, await _store.GetVersionAsync(CancellationToken.None));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Delete(recursive: true);
    }
}
