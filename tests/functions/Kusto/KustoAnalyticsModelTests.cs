using ClickFuncs.Analytics;
using ClickFuncs.Functions.Kusto;
using ClickFuncs.Testing.Analytics;

namespace ClickFuncs.Functions.Tests.Kusto;

/// <summary>Summing up and retention change no answer, whatever happens in which order.</summary>
public sealed class KustoAnalyticsModelTests : AnalyticsModelContract
{
    public override Task DisposeAsync() => Task.CompletedTask;

    protected override Task<IAnalyticsStore> OpenAsync() =>
        Task.FromResult<IAnalyticsStore>(new KustoAnalytics(new PlainKusto(), new KustoOptions { Slices = 2, MinuteDays = 1, HourDays = 2 }, IdleTimeout));

    protected override Task MaintainAsync(IAnalyticsStore store, int kind, long throughMs) => KustoTiersTests.RollUpAsync((KustoAnalytics)store, throughMs);

    protected override Task<(long MinutesFromMs, long HoursFromMs)> RetainAsync(IAnalyticsStore store) => KustoTiersTests.RetainAsync((KustoAnalytics)store);
}
