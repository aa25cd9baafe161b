using ClickFuncs.Api.Health;
using ClickFuncs.Spool;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClickFuncs.Local.Tests.Spool;

public sealed class SpoolHealthTests
{
    [Theory]
    [InlineData(SpoolMode.Direct, 0, 10, false, HealthStatus.Healthy)]
    [InlineData(SpoolMode.Direct, 5, 10, false, HealthStatus.Degraded)]
    [InlineData(SpoolMode.Direct, 0, 100, false, HealthStatus.Healthy)]
    [InlineData(SpoolMode.Draining, 5, 10, false, HealthStatus.Degraded)]
    [InlineData(SpoolMode.Away, 0, 10, false, HealthStatus.Degraded)]
    [InlineData(SpoolMode.Away, 5, 100, false, HealthStatus.Unhealthy)]
    [InlineData(SpoolMode.Direct, 0, 10, true, HealthStatus.Degraded)]
    public void Judge_EachState_SaysHowBadItIs(SpoolMode mode, long records, long bytes, bool drainFails, HealthStatus expected) =>
        Assert.Equal(expected, SpoolHealth.Judge(mode, new SpoolSize(records, bytes, 100), drainFails ? new IOException("x") : null).Status);
}
