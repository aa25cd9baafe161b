using ClickFuncs.Budgets;
using ClickFuncs.Local.Budgets;
using ClickFuncs.Testing.Budgets;

namespace ClickFuncs.Local.Tests.Budgets;

public sealed class SqliteBudgetStoreTests : BudgetStoreContract, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clickfuncs-budgets-");
    private readonly SqliteBudgetStore _store;

    public SqliteBudgetStoreTests() => _store = new SqliteBudgetStore(Path);

    protected override IBudgetStore Budgets => _store;

    protected override ISpendStore Spend => _store;

    private string Path => System.IO.Path.Combine(_folder.FullName, "budgets.db");

    [Fact]
    public async Task Open_AfterWrite_HasWhatWasWritten()
    {
        var stored = await _store.PutAsync(BudgetSamples.Budget(), 0, CancellationToken.None);
        var token = (await _store.TakeOverAsync(CancellationToken.None)).Token;
        await _store.CommitAsync(token, new SpendCommit { Partials = [BudgetSamples.Partial(1, 450_000)] }, CancellationToken.None);
        _store.Dispose();

        using var reopened = new SqliteBudgetStore(Path);

        Assert.Equal([stored], await reopened.ListAsync(CancellationToken.None));
        Assert.Equal([BudgetSamples.Partial(1, 450_000)], (await reopened.TakeOverAsync(CancellationToken.None)).Partials);
    }

    [Fact]
    public async Task Put_FromASecondConnection_IsSeenByTheFirst()
    {
        using var other = new SqliteBudgetStore(Path);

        var stored = await other.PutAsync(BudgetSamples.Budget(), 0, CancellationToken.None);

        Assert.Equal(stored.Version, await _store.GetVersionAsync(CancellationToken.None));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Delete(recursive: true);
    }
}
