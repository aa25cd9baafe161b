using ClickFuncs.ApiKeys;
using ClickFuncs.Local.ApiKeys;
using ClickFuncs.Testing.ApiKeys;

namespace ClickFuncs.Local.Tests.ApiKeys;

public sealed class SqliteApiKeyStoreTests : ApiKeyStoreContract, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clickfuncs-keys-");
    private readonly SqliteApiKeyStore _store;

    public SqliteApiKeyStoreTests() => _store = new SqliteApiKeyStore(Path);

    protected override IApiKeyStore Store => _store;

    private string Path => System.IO.Path.Combine(_folder.FullName, "api-keys.db");

    [Fact]
    public async Task Revoke_FromASecondConnection_IsSeenByTheFirst()
    {
        var key = ApiKeyText.Make("k", null, DateTimeOffset.UnixEpoch, out var text);
        await _store.AddAsync(key, CancellationToken.None);
        using var other = new SqliteApiKeyStore(Path);

        await other.RevokeAsync(key.Id, DateTimeOffset.UnixEpoch, CancellationToken.None);

        Assert.False(ApiKeyText.IsGood(text, (await _store.FindAsync(key.Id, CancellationToken.None))!));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Delete(recursive: true);
    }
}
