using ClickFuncs.Events;
using ClickFuncs.Functions.Counting;
using ClickFuncs.Log;
using ClickFuncs.Testing.Log;

namespace ClickFuncs.Functions.Tests.Quarantine;

/// <summary>A hub of some partitions in memory: appended to, and read beside the trigger.</summary>
internal sealed class MemoryHub(int partitions, TimeProvider time) : IClickLog, IPartitionSource
{
    private readonly Lock _lock = new();
    private readonly ListLog[] _logs = [.. Enumerable.Range(0, partitions).Select(_ => new ListLog())];
    private readonly List<byte[]> _records = [];

    /// <summary>What appends are told after the hub has taken them, as when an acknowledgement is lost; null: that it has.</summary>
    public Exception? LostAcknowledgement { get; set; }

    public int PartitionCount => partitions;

    /// <summary>Every record of all partitions, in the order in which they came.</summary>
    public IReadOnlyList<byte[]> Records
    {
        get
        {
            lock (_lock)
                return [.. _records];
        }
    }

    public ValueTask<LogPosition> AppendAsync(Fingerprint id, ReadOnlySpan<byte> record, CancellationToken cancellationToken)
    {
        var partition = id.Partition(partitions);
        lock (_lock)
        {
            _logs[partition].Append(time.GetUtcNow().ToUnixTimeMilliseconds(), record.ToArray());
            _records.Add(record.ToArray());
        }

        return LostAcknowledgement is { } failure ? ValueTask.FromException<LogPosition>(failure) : ValueTask.FromResult(new LogPosition(partition, -1));
    }

    public Task RefreshAsync(int partition, CancellationToken cancellationToken) => Task.CompletedTask;

    public LogRange GetRange(int partition) => _logs[partition].GetRange(0);

    public ValueTask ReadAsync(int partition, long fromSequence, int maxBytes, RecordBatch batch, CancellationToken cancellationToken) =>
        _logs[partition].ReadAsync(0, fromSequence, maxBytes, batch, cancellationToken);

    public ValueTask WaitForAsync(int partition, long sequence, CancellationToken cancellationToken) => throw new NotSupportedException();
}
