using ClickFuncs.Bench.Processor;
using ClickFuncs.Log;

namespace ClickFuncs.Bench.Recovery;

/// <summary>A log that has always more: what is read is made up on the spot, so that gigabytes need not be written to have a large state.</summary>
/// <param name="partitions">Number of partitions.</param>
/// <param name="ads">Number of ads.</param>
/// <param name="eventsPerSecond">How many events of a partition there are to a second of event time.</param>
internal sealed class EndlessLog(int partitions, int ads, int eventsPerSecond) : ILogReader
{
    private const int RecordsAtOnce = 16_384;

    private readonly SyntheticEvents[] _events = [.. Enumerable.Range(0, partitions).Select(_ => new SyntheticEvents(ads, eventsPerSecond))];

    /// <inheritdoc/>
    public int PartitionCount => partitions;

    /// <inheritdoc/>
    public LogRange GetRange(int partition) => new(0, long.MaxValue);

    /// <inheritdoc/>
    public ValueTask ReadAsync(int partition, long fromSequence, int maxBytes, RecordBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _events[partition].Fill(batch, ref fromSequence, RecordsAtOnce);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask WaitForAsync(int partition, long sequence, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
