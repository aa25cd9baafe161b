using ClickFuncs.Events;
using ClickFuncs.Log;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>A log of the second stage, as durable as anything behind the network: what it has taken it keeps.</summary>
internal sealed class SecondStageLog : ILogReader
{
    private readonly List<byte[]> _records = [];
    private readonly List<(long Sequence, TaskCompletionSource Done)> _waiting = [];

    /// <inheritdoc/>
    public int PartitionCount => 1;

    /// <summary>All records.</summary>
    public IReadOnlyList<byte[]> Records => _records;

    /// <summary>Whether somebody has read everything, and waits for more.</summary>
    public bool IsReadToTheEnd => _records.Count == 0 || _waiting.Exists(waiting => waiting.Sequence == _records.Count);

    /// <summary>Forgets who waits: they are dead.</summary>
    public void ForgetReaders() => _waiting.Clear();

    /// <summary>Takes a record.</summary>
    public void Append(byte[] record)
    {
        _records.Add(record);
        foreach (var (_, done) in _waiting.Where(waiting => waiting.Sequence < _records.Count))
            done.TrySetResult();
        _waiting.RemoveAll(waiting => waiting.Sequence < _records.Count);
    }

    /// <inheritdoc/>
    public LogRange GetRange(int partition) => new(0, _records.Count);

    /// <inheritdoc/>
    public ValueTask ReadAsync(int partition, long fromSequence, int maxBytes, RecordBatch batch, CancellationToken cancellationToken)
    {
        batch.Clear();
        for (var i = (int)fromSequence; i < _records.Count && batch.Count < 8; i++)
            batch.Add(i, 0, _records[i]);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask WaitForAsync(int partition, long sequence, CancellationToken cancellationToken)
    {
        if (sequence < _records.Count)
            return;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((sequence, done));
        await done.Task;
    }
}
