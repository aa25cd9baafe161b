using ClickFuncs.Api.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClickFuncs.Local.Spool;

/// <summary>Whether clicks go to the log.</summary>
internal sealed class SpoolHealthCheck(LocalSpool spool) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(SpoolHealth.Judge(spool.Clicks.Mode, spool.Size, spool.Drain.Failure));
}
