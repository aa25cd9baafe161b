using ClickFuncs.Functions.Counting;
using ClickFuncs.Log;
using ClickFuncs.Testing.Log;

namespace ClickFuncs.Functions.Tests.Counting;

/// <summary>A list as the trigger's source of what is missing; counts how often it was read.</summary>
internal sealed class ListPartition(ListLog log) : IPartitionSource
{
    public int Reads { get; private set; }

    public int PartitionCount => 1;

    public Task RefreshAsync(int partition, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }

    public LogRange GetRange(int partition) => log.GetRange(partition);

    public ValueTask ReadAsync(int partition, long fromSequence, int maxBytes, RecordBatch batch, CancellationToken cancellationToken)
    {
        Reads++;
        return log.ReadAsync(partition, fromSequence, maxBytes, batch, cancellationToken);
    }

    public ValueTask WaitForAsync(int partition, long sequence, CancellationToken cancellationToken) =>
        log.WaitForAsync(partition, sequence, cancellationToken);
}
