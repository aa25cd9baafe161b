using ClickFuncs.Telemetry;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Budgets;

/// <summary>
/// Keeps the budget lane going: read reports, commit them, decide, wait as long as the most anxious campaign allows.
/// A failure of any step ends that ownership and opens another; meanwhile nobody renews the trust in campaigns, and they are held back.
/// </summary>
public sealed partial class BudgetKeeper(
    ISpendSource source, ISpendStore spend, IBudgetStore store, BudgetBoard board, BudgetOptions options, TimeProvider time,
    ILogger<BudgetKeeper> logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(500);

    private volatile Exception? _failure;

    /// <summary>What keeping is failing with now; null while it works.</summary>
    public Exception? Failure => _failure;

    /// <summary>
    /// Shows every budget as held back before anything is known of its spend. To be called before the first click is taken: a
    /// campaign that nobody has heard of would pass for one without a budget.
    /// </summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var lane = await OpenAsync(cancellationToken);
        lane.Decide(NowMs());
    }

    /// <summary>Keeps the spend until cancelled.</summary>
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
                // Whatever it was: amounts are absolute and read again from what is committed, so starting again is always right.
                _failure = failure;
                BudgetInstruments.Failures.Add(1);
                LogFailed(failure, RetryDelay);
                await Task.Delay(RetryDelay, time, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        var lane = await OpenAsync(cancellationToken);
        await lane.ForgetAsync(NowMs(), cancellationToken);
        var refreshed = time.GetTimestamp();
        while (true)
        {
            // The time first: a click that waits in a spool then shows there, or is on the log by the time its ends are read.
            var now = NowMs();
            if (source.IsAllLogged)
                lane.NoteLogEnds(now, source.GetLogEnds());
            await CatchUpAsync(lane, cancellationToken);
            if (time.GetElapsedTime(refreshed) >= RefreshInterval)
            {
                await lane.RefreshBudgetsAsync(cancellationToken);
                await lane.ForgetAsync(NowMs(), cancellationToken);
                refreshed = time.GetTimestamp();
            }

            lane.Decide(NowMs());
            _failure = null;
            await Task.Delay(lane.ReportInterval, time, cancellationToken);
        }
    }

    private async Task CatchUpAsync(BudgetLane lane, CancellationToken cancellationToken)
    {
        while (true)
        {
            var batch = await source.ReadAsync(lane.ReadThrough, cancellationToken);
            await lane.ApplyAsync(batch, cancellationToken);
            source.Release(lane.ReadThrough);
            if (batch.IsLast)
                return;
            // With much to catch up, what is known grows all the time: say so.
            lane.Decide(NowMs());
        }
    }

    private Task<BudgetLane> OpenAsync(CancellationToken cancellationToken) =>
        BudgetLane.OpenAsync(source.GetLogEnds().Length, spend, store, board, options, cancellationToken);

    private long NowMs() => time.GetUtcNow().ToUnixTimeMilliseconds();

    [LoggerMessage(7101, LogLevel.Error, "Keeping the spend of campaigns failed; trying again in {Delay}. Until it works, campaigns with a budget are held back.")]
    private partial void LogFailed(Exception failure, TimeSpan delay);
}
