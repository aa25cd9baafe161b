using System.Globalization;
using ClickFuncs.Spool;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClickFuncs.Local.Spool;

/// <summary>Whether clicks go to the log. Degraded, not unhealthy, while the spool takes them: they are recorded and redirected.</summary>
internal sealed class SpoolHealthCheck(LocalSpool spool) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Judge(spool.Clicks.Mode, spool.Size, spool.Drain.Failure));

    /// <summary>The verdict on a state.</summary>
    public static HealthCheckResult Judge(SpoolMode mode, SpoolSize size, Exception? drainFailure) => (mode, size, drainFailure) switch
    {
        ({ } away, _, _) when away != SpoolMode.Direct && size.Bytes >= size.LimitBytes => HealthCheckResult.Unhealthy(
            $"The log is away and the spool is full: clicks are refused. {Waiting(size)}"),
        (SpoolMode.Away, _, _) => HealthCheckResult.Degraded($"The log is away; clicks go to the spool. {Waiting(size)} The log says why."),
        (_, _, not null) => HealthCheckResult.Degraded($"The spool can't be drained. {Waiting(size)} The log says why."),
        (_, { Records: > 0 }, _) => HealthCheckResult.Degraded($"The log is back; the spool is being drained. {Waiting(size)}"),
        _ => HealthCheckResult.Healthy("Clicks go to the log; nothing waits in the spool."),
    };

    private static string Waiting(SpoolSize size) => string.Create(
        CultureInfo.InvariantCulture, $"{size.Records} events wait, {size.Bytes} of {size.LimitBytes} bytes are taken.");
}
