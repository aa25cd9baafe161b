using ClickFuncs.Catalog;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.Catalog;

/// <summary>Healthy while the catalog is fresh; degraded when the store hasn't confirmed it for a while; unhealthy before the first read.</summary>
internal sealed class CatalogHealthCheck(CatalogCache cache, IOptions<CatalogOptions> options) : IHealthCheck
{
    private const int MissedRefreshes = 10;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var snapshot = cache.Current;
        if (snapshot is null)
            return Task.FromResult(HealthCheckResult.Unhealthy("The catalog has not been read yet."));
        var age = cache.Age;
        return Task.FromResult(age > options.Value.RefreshInterval * MissedRefreshes
            ? HealthCheckResult.Degraded($"Version {snapshot.Version} was last confirmed {age.TotalSeconds:F0} s ago.")
            : HealthCheckResult.Healthy($"Version {snapshot.Version}, {snapshot.Count} ads."));
    }
}
