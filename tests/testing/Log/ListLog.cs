using ClickFuncs.Log;

namespace ClickFuncs.Testing.Log;

/// <summary>One partition of a log in a list, for tests of what reads it, be it on another thread.</summary>
public sealed class ListLog : ILogReader
{
    private readonly Lock _lock = new();
    private readonly List<(long ArrivalMs, byte[] Record)> _records = [];

    public int PartitionCount => 1;

    /// <summary>Records that retention has taken away.</summary>
    public int First { get; set; }

    public void Append(long arrivalMs, byte[] record)
    {
        lock (_lock)
            _records.Add((arrivalMs, record));
    }

    public LogRange GetRange(int partition)
    {
        lock (_lock)
            return new(First, _records.Count);
    }

    public ValueTask ReadAsync(int partition, long fromSequence, int maxBytes, RecordBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (fromSequence < First)
            throw new LogGapException($"Record {fromSequence} is gone; the log begins at {First}.");
        batch.Clear();
        lock (_lock)
        {
            for (var i = (int)fromSequence; i < _records.Count && batch.ByteCount < maxBytes; i++)
                batch.Add(i, _records[i].ArrivalMs, _records[i].Record);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask WaitForAsync(int partition, long sequence, CancellationToken cancellationToken) =>
        sequence < _records.Count ? ValueTask.CompletedTask : throw new InvalidOperationException("A list does not grow by waiting.");
}
