using ClickFuncs.Local.Tests.State;
using ClickFuncs.Local.Velocity;
using ClickFuncs.Testing.Velocity;
using ClickFuncs.Velocity;

namespace ClickFuncs.Local.Tests.Velocity;

public sealed class SqliteFlagStoreTests : FlagStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteFlagStore? _store;

    protected override IFlagStore Open()
    {
        Directory.CreateDirectory(_directory.Path);
        return _store = new SqliteFlagStore(Path.Combine(_directory.Path, "velocity.db"));
    }

    public void Dispose()
    {
        _store?.Dispose();
        _directory.Dispose();
    }
}
