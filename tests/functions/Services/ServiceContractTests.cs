using Azure.Data.Tables;
using Azure.Storage.Blobs;
using ClickFuncs.ApiKeys;
using ClickFuncs.Budgets;
using ClickFuncs.Catalog;
using ClickFuncs.Functions.Cosmos;
using ClickFuncs.Functions.Documents;
using ClickFuncs.Functions.Lake;
using ClickFuncs.Functions.Spool;
using ClickFuncs.Functions.Tables;
using ClickFuncs.Lake;
using ClickFuncs.Ledger;
using ClickFuncs.Sessions;
using ClickFuncs.Spool;
using ClickFuncs.State;
using ClickFuncs.Testing.ApiKeys;
using ClickFuncs.Testing.Budgets;
using ClickFuncs.Testing.Catalog;
using ClickFuncs.Testing.Lake;
using ClickFuncs.Testing.Ledger;
using ClickFuncs.Testing.Sessions;
using ClickFuncs.Testing.Spool;
using ClickFuncs.Testing.State;
using ClickFuncs.Testing.Velocity;
using ClickFuncs.Velocity;
using Microsoft.Azure.Cosmos;

#pragma warning disable xUnit1000 // Run by ContractRun, so that a suite can be skipped with a reason.

namespace ClickFuncs.Functions.Tests.Services;

/// <summary>The port contracts on real services or their emulators.</summary>
public sealed class ServiceContractTests
{
    [ServiceFact(ServiceAddresses.Storage)]
    public Task Lake_OnTheService_KeepsTheContract() => ContractRun.AllAsync<Lake>();

    [ServiceFact(ServiceAddresses.Storage)]
    public Task Spool_OnTheService_KeepsTheContract() => ContractRun.AllAsync<Spool>();

    [ServiceFact(ServiceAddresses.Storage)]
    public Task Catalog_OnTheService_KeepsTheContract() => ContractRun.AllAsync<Catalog>();

    [ServiceFact(ServiceAddresses.Storage)]
    public Task ApiKeys_OnTheService_KeepTheContract() => ContractRun.AllAsync<ApiKeys>();

    [ServiceFact(ServiceAddresses.Storage)]
    public Task SessionRevocations_OnTheService_KeepTheContract() => ContractRun.AllAsync<SessionRevocations>();

    [ServiceFact(ServiceAddresses.Storage)]
    public Task Ledger_OnTheService_KeepsTheContract() => ContractRun.AllAsync<Ledger>();

    [ServiceFact(ServiceAddresses.Cosmos)]
    public Task PartitionState_OnTheService_KeepsTheContract() => ContractRun.AllAsync<PartitionState>();

    [ServiceFact(ServiceAddresses.Cosmos)]
    public Task Budgets_OnTheService_KeepTheContract() => ContractRun.AllAsync<BudgetsAndSpend>();

    [ServiceFact(ServiceAddresses.Cosmos)]
    public Task Flags_OnTheService_KeepTheContract() => ContractRun.AllAsync<Flags>();

    [ServiceFact(ServiceAddresses.LimitedCosmos)]
    public Task PartitionState_OnTheLimitedEmulator_KeepsTheContract() => ContractRun.AllAsync<LimitedPartitionState>();

    [ServiceFact(ServiceAddresses.LimitedCosmos)]
    public Task Budgets_OnTheLimitedEmulator_KeepTheContract() => ContractRun.AllAsync<LimitedBudgets>();

    [ServiceFact(ServiceAddresses.LimitedCosmos)]
    public Task Flags_OnTheLimitedEmulator_KeepTheContract() => ContractRun.AllAsync<LimitedFlags>();

    [ServiceFact(ServiceAddresses.Storage)]
    public async Task Lake_OfSeveralBlocks_ReadsBackAndStays()
    {
        var (lake, content) = (NewLake(), new byte[(2 * 8 * 1024 * 1024) + 5]);
        new Random(3).NextBytes(content);
        Assert.True(await lake.CreateAsync("big", content, CancellationToken.None));
        Assert.False(await lake.CreateAsync("big", new byte[(8 * 1024 * 1024) + 1], CancellationToken.None));
        await using var local = await lake.FetchAsync("big", CancellationToken.None);
        Assert.Equal(content, await File.ReadAllBytesAsync(local.LocalPath));
    }

    private static BlobLake NewLake()
    {
        var container = new BlobContainerClient(ServiceAddresses.Require(ServiceAddresses.Storage), $"t{Guid.NewGuid():N}");
        container.Create();
        return new BlobLake(container, Path.Combine(Path.GetTempPath(), "clickfuncs-lake-tests"));
    }

    private static TableDocuments NewTable()
    {
        var table = new TableClient(ServiceAddresses.Require(ServiceAddresses.Storage), $"t{Guid.NewGuid():N}");
        table.Create();
        return new TableDocuments(table);
    }

    private static Container NewContainer(string address)
    {
        var options = new CosmosClientOptions { ConnectionMode = ConnectionMode.Gateway, LimitToEndpoint = true };
        var client = new CosmosClient(ServiceAddresses.Require(address), options);
        var database = client.CreateDatabaseIfNotExistsAsync("contract").GetAwaiter().GetResult().Database;
        return database.CreateContainerAsync($"t{Guid.NewGuid():N}", "/pk").GetAwaiter().GetResult().Container;
    }

    internal sealed class Lake : LakeContract
    {
        protected override ILake OpenEmpty() => NewLake();
    }

    internal sealed class Spool : SpoolContract
    {
        private readonly BlobLake _lake = NewLake();

        protected override ISpool Open(long limitBytes) =>
            LakeSpool.OpenAsync(_lake, "owner", limitBytes, TimeProvider.System, CancellationToken.None).GetAwaiter().GetResult();

        protected override void Close()
        {
            // Nothing is held open.
        }
    }

    internal sealed class Catalog : CatalogStoreContract
    {
        protected override ICatalogStore Store { get; } = new TableCatalog(NewTable());
    }

    internal sealed class ApiKeys : ApiKeyStoreContract
    {
        protected override IApiKeyStore Store { get; } = new TableApiKeys(NewTable());
    }

    internal sealed class SessionRevocations : SessionRevocationsContract
    {
        protected override ISessionRevocations Store { get; } = new TableSessionRevocations(NewTable());
    }

    internal sealed class Ledger : LedgerContract
    {
        private readonly TableDocuments _table = NewTable();

        protected override ILedger Open(Action<string>? atStep = null) => new TableLedger(atStep is null ? _table : new HookedDocuments(_table, atStep));
    }

    internal sealed class PartitionState : PartitionStateStoreContract
    {
        private readonly IDocuments _documents = new CosmosDocuments(NewContainer(ServiceAddresses.Cosmos));
        private readonly InMemoryLake _lake = new();

        public override Task DisposeAsync() => Task.CompletedTask;

        protected override ValueTask<IPartitionStateStore> OpenAsync() => new(new CosmosPartitionState(_documents, _lake, 1000));
    }

    internal sealed class BudgetsAndSpend : BudgetStoreContract
    {
        private readonly CosmosBudgets _store = new(new CosmosDocuments(NewContainer(ServiceAddresses.Cosmos)));

        protected override IBudgetStore Budgets => _store;

        protected override ISpendStore Spend => _store;
    }

    internal sealed class Flags : FlagStoreContract
    {
        private readonly IDocuments _documents = new CosmosDocuments(NewContainer(ServiceAddresses.Cosmos));

        protected override IFlagStore Open() => new CosmosFlags(_documents);
    }

    internal sealed class LimitedPartitionState : PartitionStateStoreContract
    {
        private readonly IDocuments _documents = new LimitedCosmosDocuments(NewContainer(ServiceAddresses.LimitedCosmos));
        private readonly InMemoryLake _lake = new();

        public override Task DisposeAsync() => Task.CompletedTask;

        protected override ValueTask<IPartitionStateStore> OpenAsync() => new(new CosmosPartitionState(_documents, _lake, 1000));
    }

    internal sealed class LimitedBudgets : BudgetStoreContract
    {
        private readonly CosmosBudgets _store = new(new LimitedCosmosDocuments(NewContainer(ServiceAddresses.LimitedCosmos)));

        protected override IBudgetStore Budgets => _store;

        protected override ISpendStore Spend => _store;
    }

    internal sealed class LimitedFlags : FlagStoreContract
    {
        private readonly IDocuments _documents = new LimitedCosmosDocuments(NewContainer(ServiceAddresses.LimitedCosmos));

        protected override IFlagStore Open() => new CosmosFlags(_documents);
    }
}
