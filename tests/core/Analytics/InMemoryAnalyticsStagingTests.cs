using ClickFuncs.Analytics;
using ClickFuncs.Testing.Analytics;

namespace ClickFuncs.Core.Tests.Analytics;

public sealed class InMemoryAnalyticsStagingTests : AnalyticsStagingContract
{
    public override Task DisposeAsync() => Task.CompletedTask;

    protected override Task<IAnalyticsStore> OpenAsync() => Task.FromResult<IAnalyticsStore>(new InMemoryAnalyticsStore(IdleTimeout));
}
