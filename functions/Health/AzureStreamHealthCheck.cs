using ClickFuncs.Functions.Operations;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClickFuncs.Functions.Health;

/// <summary>
/// Whether every partition is counting, by what the watch has shown. Degraded and never unhealthy: this instance takes clicks all the same, and to take it
/// from the others would make nothing better.
/// </summary>
public sealed class AzureStreamHealthCheck(SharedOperations operations, TimeProvider time) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return Judge(await operations.FindAsync(cancellationToken), time.GetUtcNow());
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Degraded("What the watch has shown can't be read; the log says why.", failure);
        }
    }

    /// <summary>The verdict on what was shown. Pure.</summary>
    public static HealthCheckResult Judge(OperationsContent? content, DateTimeOffset now)
    {
        if (content is null)
            return HealthCheckResult.Degraded("Unknown: the watch has not looked yet.");
        if (content.IsOld(now))
            return HealthCheckResult.Degraded($"Unknown: the watch has not looked since {DateTimeOffset.FromUnixTimeMilliseconds(content.AtMs):u}.");
        int[] Where(bool? isStalled) => [.. content.Partitions.Where(partition => partition.IsStalled(content.AtMs) == isStalled).Select(partition => partition.Partition)];
        if (Where(true) is { Length: > 0 } stalled)
            return HealthCheckResult.Degraded($"Partitions with records waiting and none published for a minute: {string.Join(", ", stalled)}.");
        return Where(null) is { Length: > 0 } unknown
            ? HealthCheckResult.Degraded($"Unknown of partitions {string.Join(", ", unknown)}: {string.Join(", ", content.Unread.Keys.DefaultIfEmpty("watched for too short a time"))}.")
            : HealthCheckResult.Healthy($"{content.Partitions.Count} partitions counting.");
    }
}
