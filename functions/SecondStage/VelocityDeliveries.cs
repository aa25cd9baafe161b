using ClickFuncs.Functions.Counting;
using ClickFuncs.Log;
using ClickFuncs.Velocity;

namespace ClickFuncs.Functions.SecondStage;

/// <summary>
/// Takes delivered signals to the velocity lane. Any exception ends the lane, and the next delivery, which is the host's retry, opens another
/// one from what is committed; a former owner's commits are refused by the store.
/// </summary>
public sealed class VelocityDeliveries(IPartitionSource hub, IFlagStore store, FlagBoard board, VelocityOptions options) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly DeliveredLog _log = new(hub);
    private VelocityLane? _lane;

    /// <summary>Completes when everything up to the end of the batch is counted and what came of it is committed.</summary>
    public async Task DeliverAsync(IReadOnlyList<RecordBatch> runs, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await _log.TakeAsync(runs, cancellationToken);
            _lane ??= await VelocityLane.OpenAsync(_log, new RetainedFlags(store, () => _log.GetRange(0).First), board, options, cancellationToken);
            while (_lane.Next < _log.Next)
            {
                if (!await _lane.StepAsync(cancellationToken))
                    throw new LogGapException($"Signals from {_lane.Next} on are not there yet, though the hub has delivered up to {_log.Next - 1}; trying again.");
            }
        }
        catch
        {
            _lane = null;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
