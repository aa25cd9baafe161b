using ClickFuncs.Log;

namespace ClickFuncs.Local.Log;

/// <summary>Reads the segments. Any number of callers; only what is durable is ever seen.</summary>
internal sealed class SegmentReader(SegmentCatalog catalog, DurablePositions positions) : ILogReader
{
    private readonly CursorPool[] _cursors = [.. Enumerable.Range(0, positions.PartitionCount).Select(p => new CursorPool(p, catalog))];

    /// <inheritdoc/>
    public int PartitionCount => positions.PartitionCount;

    /// <inheritdoc/>
    public LogRange GetRange(int partition)
    {
        ThrowIfNoPartition(partition);
        return new LogRange(catalog.FirstSequence(partition), positions.Next(partition));
    }

    /// <inheritdoc/>
    /// <remarks>Reads on the caller's thread: what was written lately comes from the page cache in microseconds, and a task of its
    /// own for each read would cost more. Completed when it returns.</remarks>
    public ValueTask ReadAsync(int partition, long fromSequence, int maxBytes, RecordBatch batch, CancellationToken cancellationToken)
    {
        ThrowIfNoPartition(partition);
        ArgumentOutOfRangeException.ThrowIfNegative(fromSequence);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        ArgumentNullException.ThrowIfNull(batch);
        batch.Clear();
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        try
        {
            Read(partition, fromSequence, maxBytes, batch);
            return ValueTask.CompletedTask;
        }
        catch (LogException e)
        {
            batch.Clear();
            return ValueTask.FromException(e);
        }
    }

    /// <inheritdoc/>
    public ValueTask WaitForAsync(int partition, long sequence, CancellationToken cancellationToken)
    {
        ThrowIfNoPartition(partition);
        return positions.WaitAsync(partition, sequence, cancellationToken);
    }

    private void Read(int partition, long from, int maxBytes, RecordBatch batch)
    {
        var next = positions.Next(partition);
        var first = catalog.FirstSequence(partition);
        if (from < first)
            throw new LogGapException(FormattableString.Invariant(
                $"Sequence {from} of partition {partition} is not retained any more; the oldest is {first}."));
        if (from >= next)
            return;
        var cursor = _cursors[partition].Take(from);
        try
        {
            cursor.Read(from, next, maxBytes, batch);
        }
        catch (ObjectDisposedException) when (positions.IsClosed)
        {
            throw DurablePositions.Closed();
        }
        catch (ObjectDisposedException)
        {
            throw new LogGapException(FormattableString.Invariant(
                $"Sequence {from} of partition {partition} was deleted by retention while it was read."));
        }
        finally
        {
            _cursors[partition].Park(cursor);
        }
    }

    private void ThrowIfNoPartition(int partition) =>
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)partition, (uint)PartitionCount, nameof(partition));
}
