using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClickFuncs.Local.Hosting;

/// <summary>Whether every partition is counting and its counts become visible.</summary>
internal sealed class StreamHealthCheck(LocalNode node) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (node.PublishFailure != null)
            return Task.FromResult(HealthCheckResult.Unhealthy("Counts are committed but can't be published; the log says why."));
        var failing = node.Workers.Where(w => w.Failure != null).ToList();
        return Task.FromResult(failing.Count == 0
            ? HealthCheckResult.Healthy($"{node.Workers.Count} partitions counting.")
            : HealthCheckResult.Unhealthy($"Partitions failing: {string.Join(", ", failing.Select(w => w.Status.Partition))}. The log says why."));
    }
}
