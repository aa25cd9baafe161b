using ClickFuncs.Log;
using ClickFuncs.Telemetry;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Velocity;

/// <summary>Keeps the velocity lane going. A failure of any step ends that ownership and opens another, for ever; meanwhile the flags that are shown stay.</summary>
public sealed partial class VelocityKeeper(
    ILogReader signals, IFlagStore store, FlagBoard board, VelocityOptions options, TimeProvider time, ILogger<VelocityKeeper> logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private long _readFrom;

    /// <summary>Position of the oldest message that is still needed.</summary>
    public long ReadFrom => Interlocked.Read(ref _readFrom);

    /// <summary>Shows the committed flags, before the first click is taken.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var lane = await VelocityLane.OpenAsync(signals, store, board, options, cancellationToken);
        Interlocked.Exchange(ref _readFrom, lane.ReadFrom);
    }

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await KeepAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Whatever it was: flags are absolute and counts are read again from the log, so starting again is always right.
                SecondStageInstruments.Failures.Add(1);
                LogFailed(failure, RetryDelay);
                await Task.Delay(RetryDelay, time, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        var lane = await VelocityLane.OpenAsync(signals, store, board, options, cancellationToken);
        while (true)
        {
            if (!await lane.StepAsync(cancellationToken))
                await signals.WaitForAsync(0, lane.Next, cancellationToken);
            Interlocked.Exchange(ref _readFrom, lane.ReadFrom);
        }
    }

    [LoggerMessage(7201, LogLevel.Error, "The velocity lane failed; trying again in {Delay}. Until it works, no new identity is flagged.")]
    private partial void LogFailed(Exception failure, TimeSpan delay);
}
