using ClickFuncs.Functions.Counting;
using ClickFuncs.Log;

namespace ClickFuncs.Functions.SecondStage;

/// <summary>
/// The log of a second-stage lane: what the trigger has just delivered from memory, what lies before it from the hub. A lane that begins
/// anew reads again from where it must, and a gap is filled the same way. Not thread-safe.
/// </summary>
/// <param name="hub">The hub, one partition.</param>
public sealed class DeliveredLog(IPartitionSource hub) : ILogReader
{
    private IReadOnlyList<RecordBatch> _runs = [];

    /// <inheritdoc/>
    public int PartitionCount => 1;

    /// <summary>The number after the last delivered record; 0 before the first.</summary>
    public long Next { get; private set; }

    /// <summary>Takes a delivered batch.</summary>
    public async Task TakeAsync(IReadOnlyList<RecordBatch> runs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runs);
        await hub.RefreshAsync(0, cancellationToken);
        _runs = runs;
        if (runs.Count > 0)
            Next = runs[^1].Entries[^1].Sequence + 1;
    }

    /// <inheritdoc/>
    public LogRange GetRange(int partition) => new(hub.GetRange(0).First, Next);

    /// <inheritdoc/>
    public async ValueTask ReadAsync(int partition, long fromSequence, int maxBytes, RecordBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch.Clear();
        // What retention took no lane needs any more.
        var from = Math.Max(fromSequence, hub.GetRange(0).First);
        if (from >= Next)
            return;
        if (_runs.FirstOrDefault(run => run.Entries[0].Sequence <= from && from <= run.Entries[^1].Sequence) is not { } run)
        {
            await hub.ReadAsync(0, from, maxBytes, batch, cancellationToken);
            return;
        }

        for (var i = (int)(from - run.Entries[0].Sequence); i < run.Count && batch.ByteCount < maxBytes; i++)
            batch.Add(run.Entries[i].Sequence, run.Entries[i].ArrivalMs, run.GetRecord(i));
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">A lane is told by its trigger when there is more.</exception>
    public ValueTask WaitForAsync(int partition, long sequence, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A lane on Azure is woken by its trigger.");
}
