using ClickFuncs.Budgets;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClickFuncs.Local.Hosting;

/// <summary>Whether spend is kept. Degraded, not unhealthy, while it is not: clicks are taken and counted, campaigns with a budget are held back.</summary>
internal sealed class BudgetHealthCheck(BudgetKeeper keeper) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(keeper.Failure is null
            ? HealthCheckResult.Healthy("Spend is kept.")
            : HealthCheckResult.Degraded("Spend can't be kept; campaigns with a budget are held back. The log says why."));
}
