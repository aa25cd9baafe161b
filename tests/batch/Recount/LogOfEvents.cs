using ClickFuncs.Testing.Events;

namespace ClickFuncs.Batch.Tests.Recount;

/// <summary>What lies on the log: events by partition, in order. The sequence number is the index.</summary>
internal sealed class LogOfEvents(int partitions)
{
    private readonly List<TestEvent>[] _partitions = [.. Enumerable.Range(0, partitions).Select(_ => new List<TestEvent>())];

    public int PartitionCount => _partitions.Length;

    public IReadOnlyList<TestEvent> this[int partition] => _partitions[partition];

    public void Append(int partition, params TestEvent[] events) => _partitions[partition].AddRange(events);

    /// <summary>All records with their position, in no order that matters.</summary>
    public IEnumerable<(int Partition, long Sequence, TestEvent Event)> Records =>
        from partition in Enumerable.Range(0, PartitionCount)
        from index in Enumerable.Range(0, _partitions[partition].Count)
        select (partition, (long)index, _partitions[partition][index]);
}
