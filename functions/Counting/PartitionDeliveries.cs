using System.Collections.Concurrent;
using ClickFuncs.Log;
using ClickFuncs.Processing;
using ClickFuncs.State;
using ClickFuncs.Velocity;

namespace ClickFuncs.Functions.Counting;

/// <summary>
/// Takes delivered batches to the sessions of their partitions. A session lives as long as it works: any exception ends it, and
/// the next delivery, which is the host's retry of the same batch, starts from what is committed. So neither a redelivery, nor a
/// second owner during a move, nor a retry that another instance begins anew can lose or double an event.
/// </summary>
public sealed class PartitionDeliveries(
    IPartitionSource log, IPartitionStateStore state, IRowPublisher publisher,
    ProcessorOptions processorOptions, StreamOptions options, TimeProvider time, string owner, SignalCollector? signals = null)
{
    /// <summary>A partition without a delivery for so long has most likely moved to another instance; its memory is given back.</summary>
    public static readonly TimeSpan IdleSession = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<int, Slot> _slots = new();

    /// <summary>Where the partitions stand that this instance has a session of.</summary>
    public IReadOnlyList<PartitionStatus> Statuses => [.. _slots.Values.Select(slot => slot.Session?.Status).OfType<PartitionStatus>()];

    /// <summary>Processes the runs in order and completes when everything they changed is committed and published.</summary>
    /// <exception cref="StaleOwnerException">Another instance took the partition over; nothing was written since.</exception>
    /// <exception cref="LogGapException">Records before the batch are missing and not on the log any more. Nothing is skipped.</exception>
    public async Task DeliverAsync(int partition, IReadOnlyList<RecordBatch> runs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runs);
        GiveIdleSessionsBack(partition);
        var slot = _slots.GetOrAdd(partition, _ => new Slot());
        // The host runs one invocation per partition; a second one at once, in a move there and back, waits here.
        await slot.Turn.WaitAsync(cancellationToken);
        try
        {
            var session = slot.Session ??= await OpenAsync(partition, cancellationToken);
            foreach (var run in runs)
                await session.DeliverAsync(run, cancellationToken);
            // The checkpoint moves when this returns, and the next delivery may be far away: nothing stays unpublished.
            await session.SettleAsync(cancellationToken);
            slot.LastUsed = time.GetTimestamp();
        }
        catch
        {
            slot.Session = null;
            throw;
        }
        finally
        {
            slot.Turn.Release();
        }
    }

    private async Task<PartitionSession> OpenAsync(int partition, CancellationToken cancellationToken)
    {
        await log.RefreshAsync(partition, cancellationToken);
        return await PartitionSession.OpenAsync(
            partition, owner, log, state, publisher, processorOptions, options, time, cancellationToken, signals);
    }

    private void GiveIdleSessionsBack(int except)
    {
        foreach (var (partition, slot) in _slots)
        {
            if (partition == except || slot.Session is null || time.GetElapsedTime(slot.LastUsed) < IdleSession || !slot.Turn.Wait(0))
                continue;
            slot.Session = null;
            slot.Turn.Release();
        }
    }

    private sealed class Slot
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public PartitionSession? Session { get; set; }

        public long LastUsed { get; set; }
    }
}
