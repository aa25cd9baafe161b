using ClickFuncs.Analytics;
using ClickFuncs.Functions.Kusto;
using ClickFuncs.Functions.Tests.Kusto;
using ClickFuncs.Testing.Analytics;

#pragma warning disable xUnit1000 // Run by ContractRun, so that a suite can be skipped with a reason.

namespace ClickFuncs.Functions.Tests.Services;

/// <summary>The contracts of analytics stores on a real Kusto database or its emulator: there the query texts themselves are run. One after the other, as they share it.</summary>
public sealed class KustoServiceTests
{
    [ServiceFact(ServiceAddresses.Kusto)]
    public Task Analytics_OnTheService_KeepsTheContract() => ContractRun.AllAsync<Analytics>();

    [ServiceFact(ServiceAddresses.Kusto)]
    public Task Truth_OnTheService_KeepsTheContract() => ContractRun.AllAsync<Truth>();

    [ServiceFact(ServiceAddresses.Kusto)]
    public Task Staging_OnTheService_KeepsTheContract() => ContractRun.AllAsync<Staging>();

    [ServiceFact(ServiceAddresses.Kusto)]
    public Task AnyHistory_OnTheService_EqualsTheModel() => ContractRun.AllAsync<Model>();

    internal sealed class Analytics : AnalyticsStoreContract
    {
        private KustoDatabase? _database;

        public override Task DisposeAsync() => Close(_database);

        protected override async Task<IAnalyticsStore> OpenAsync() =>
            new KustoAnalytics((_database = await KustoDatabase.OpenEmptyAsync()).Client(), new KustoOptions { MaxIngestBytes = 64 * 1024 }, IdleTimeout);
    }

    internal sealed class Truth : AnalyticsTruthContract
    {
        private KustoDatabase? _database;

        public override Task DisposeAsync() => Close(_database);

        protected override async Task<IAnalyticsStore> OpenAsync() =>
            new KustoAnalytics((_database = await KustoDatabase.OpenEmptyAsync()).Client(), new KustoOptions { Slices = 3 }, IdleTimeout);
    }

    internal sealed class Staging : AnalyticsStagingContract
    {
        private KustoDatabase? _database;

        public override Task DisposeAsync() => Close(_database);

        protected override async Task<IAnalyticsStore> OpenAsync() =>
            new KustoAnalytics((_database = await KustoDatabase.OpenEmptyAsync()).Client(), new KustoOptions { Slices = 3 }, IdleTimeout);

        protected override Task MaintainAsync(IAnalyticsStore store, int kind, long throughMs) => KustoTiersTests.RollUpAsync((KustoAnalytics)store, throughMs);
    }

    internal sealed class Model : AnalyticsModelContract
    {
        private KustoDatabase? _database;

        public override Task DisposeAsync() => Close(_database);

        protected override async Task<IAnalyticsStore> OpenAsync() =>
            new KustoAnalytics((_database = await KustoDatabase.OpenEmptyAsync()).Client(), new KustoOptions { Slices = 2, MinuteDays = 1, HourDays = 2 }, IdleTimeout);

        protected override Task MaintainAsync(IAnalyticsStore store, int kind, long throughMs) => KustoTiersTests.RollUpAsync((KustoAnalytics)store, throughMs);

        protected override Task<(long MinutesFromMs, long HoursFromMs)> RetainAsync(IAnalyticsStore store) => KustoTiersTests.RetainAsync((KustoAnalytics)store);
    }

    private static Task Close(KustoDatabase? database)
    {
        database?.Dispose();
        return Task.CompletedTask;
    }
}
