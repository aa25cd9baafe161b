using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Hosting;

/// <summary>
/// What a running host does every few seconds to stay small and quick: takes published versions together and drops what was read of logs and what has
/// waited too long in quarantine. Nothing of it needs to be remembered. Rollup and retention of the counts are workflows. A failed round is logged and the
/// next one comes.
/// </summary>
internal sealed partial class Maintenance(LocalNode node, LocalOptions options, TimeProvider time, ILogger<Maintenance> logger)
{
    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Maintenance.Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await RunOnceAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops; the next start goes on where this left off.
        }
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await node.Analytics.CompactAsync(cancellationToken);
            var deleted = node.Log.ApplyRetention(node.FindRetentionFloor());
            if (deleted > 0)
                LogRetained(deleted);
            node.Budgets.ApplyRetention();
            node.Velocity.ApplyRetention();
            var forgotten = await node.DeleteSideOutputsAsync(time.GetUtcNow() - options.Quarantine.RetainFor, cancellationToken);
            if (forgotten > 0)
                LogForgotten(forgotten, options.Quarantine.RetainFor);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Queries are right without it, only slower; so counting goes on and the next round tries again.
            LogFailed(failure);
        }
    }

    [LoggerMessage(2201, LogLevel.Information, "Retention deleted {Segments} log segments.")]
    private partial void LogRetained(int segments);

    [LoggerMessage(2203, LogLevel.Information, "Retention deleted {Events} late and quarantined events that are older than {Age}; the archive has them.")]
    private partial void LogForgotten(long events, TimeSpan age);

    [LoggerMessage(2202, LogLevel.Error, "A round of maintenance failed.")]
    private partial void LogFailed(Exception failure);
}
