using ClickFuncs.Api.Health;
using ClickFuncs.Functions.Spool;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClickFuncs.Functions.Health;

/// <summary>Whether this instance's clicks go to the hub, or to its spool.</summary>
public sealed class AzureSpoolHealthCheck(AzureSpool spool) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(SpoolHealth.Judge(spool.Clicks.Mode, spool.Size, spool.DrainFailure));
}
