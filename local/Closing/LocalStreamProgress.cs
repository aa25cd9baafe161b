using ClickFuncs.Batch.Close;
using ClickFuncs.Local.Hosting;

namespace ClickFuncs.Local.Closing;

/// <summary>How far the log, the archive and the workers of this machine are.</summary>
internal sealed class LocalStreamProgress(LocalNode node) : IStreamProgress
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PartitionProgress>> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<PartitionProgress>>(
        [.. node.Workers.Select(worker => worker.Status).Select(status => new PartitionProgress(
            status.Partition, node.Log.GetRange(status.Partition).Next - 1, node.Archive.Partitions[status.Partition].Position, status.PublishedPosition,
            status.WatermarkMs))]);

    /// <inheritdoc/>
    public ValueTask<long> CountSpooledAsync(CancellationToken cancellationToken) => ValueTask.FromResult(node.Spool.Size.Records);

    /// <inheritdoc/>
    public async ValueTask FlushArchiveAsync(CancellationToken cancellationToken) => await node.Archive.FlushAsync(cancellationToken);
}
