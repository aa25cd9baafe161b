using System.Globalization;
using ClickFuncs.Spool;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClickFuncs.Api.Health;

/// <summary>The verdict on a spool and the log before it. Degraded, not unhealthy, while the spool takes clicks: they are recorded and redirected. Pure.</summary>
public static class SpoolHealth
{
    /// <summary>The verdict on a state.</summary>
    /// <param name="mode">Where clicks go.</param>
    /// <param name="size">What waits.</param>
    /// <param name="drainFailure">Why it can't be drained; null while it can.</param>
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
