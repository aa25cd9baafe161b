using ClickFuncs.Budgets;
using ClickFuncs.Functions.Cosmos;
using ClickFuncs.Velocity;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Functions.SecondStage;

/// <summary>
/// Brings the lanes' decisions to this instance, where redirects look: budgets every second, flags every two. A failure leaves what is shown;
/// budgets run out of trust by themselves.
/// </summary>
public sealed partial class BoardRefresh(
    CosmosBoard decisions, CosmosFlags flags, BudgetBoard board, FlagBoard flagged, TimeProvider time, ILogger<BoardRefresh> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var round = 0;
        do
        {
            try
            {
                await RefreshAsync(isFlagsTurn: round++ % 2 == 0, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RefreshAsync(bool isFlagsTurn, CancellationToken cancellationToken)
    {
        if (await decisions.ReadNewerAsync(cancellationToken) is { } newer && newer.DecidedAtMs > board.Current.DecidedAtMs)
            board.Show(newer);
        if (!isFlagsTurn)
            return;
        flagged.Show((await flags.ReadAsync(cancellationToken)).Flags);
        flagged.RemoveEnded(time.GetUtcNow().AddDays(-1).ToUnixTimeMilliseconds());
    }

    [LoggerMessage(8121, LogLevel.Warning, "The decisions on budgets and flags could not be read; trying again in a second.")]
    private partial void LogFailed(Exception failure);
}
