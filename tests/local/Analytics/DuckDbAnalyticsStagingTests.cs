using ClickFuncs.Analytics;
using ClickFuncs.Testing.Analytics;

namespace ClickFuncs.Local.Tests.Analytics;

public sealed class DuckDbAnalyticsStagingTests : AnalyticsStagingContract
{
    private readonly DuckDbStores _stores = new();

    public override Task DisposeAsync() => _stores.CloseAsync();

    protected override Task<IAnalyticsStore> OpenAsync() => _stores.OpenAsync(IdleTimeout);

    protected override Task MaintainAsync(IAnalyticsStore store, int kind, long throughMs) => DuckDbStores.MaintainAsync(store, kind, throughMs);

    protected override Task<(long MinutesFromMs, long HoursFromMs)> RetainAsync(IAnalyticsStore store) => DuckDbStores.RetainAsync(store);
}
