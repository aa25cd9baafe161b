using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Close;
using ClickFuncs.Functions.Counting;
using ClickFuncs.Functions.Spool;
using ClickFuncs.State;

namespace ClickFuncs.Functions.Closing;

/// <summary>How far the hub, Capture and the counting are.</summary>
/// <param name="clicks">The hub of the click log.</param>
/// <param name="state">Where the counting stands.</param>
/// <param name="captures">What Capture has written.</param>
/// <param name="spools">What waits in the spools of all instances.</param>
public sealed class AzureStreamProgress(IPartitionSource clicks, IPartitionStateStore state, CaptureCatalog captures, SpoolAdoption spools) : IStreamProgress
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<PartitionProgress>> ReadAsync(CancellationToken cancellationToken)
    {
        var heads = (await state.ListHeadsAsync(cancellationToken)).ToDictionary(head => head.Partition);
        var archived = await ArchivePosition.FindAllNextAsync(captures, cancellationToken);
        var progress = new List<PartitionProgress>(clicks.PartitionCount);
        for (var partition = 0; partition < clicks.PartitionCount; partition++)
        {
            await clicks.RefreshAsync(partition, cancellationToken);
            var head = heads.GetValueOrDefault(partition);
            progress.Add(new PartitionProgress(
                partition, clicks.GetRange(partition).Next - 1, archived.GetValueOrDefault(partition) - 1, head?.PublishedPosition ?? -1, head?.WatermarkMs ?? long.MinValue));
        }

        return progress;
    }

    /// <inheritdoc/>
    public async ValueTask<long> CountSpooledAsync(CancellationToken cancellationToken) => (await spools.CountAsync(cancellationToken)).Events;

    /// <inheritdoc/>
    /// <remarks>Capture can't be told to write; it does when its interval is over, and whoever waits asks again.</remarks>
    public ValueTask FlushArchiveAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
