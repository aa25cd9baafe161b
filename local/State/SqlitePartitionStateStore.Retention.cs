using ClickFuncs.State;

namespace ClickFuncs.Local.State;

internal sealed partial class SqlitePartitionStateStore
{
    /// <summary>Deletes late and quarantined events that came before a time. A few at a time, so that commits go on meanwhile; a crash leaves the rest to the next call.</summary>
    /// <returns>How many.</returns>
    public async ValueTask<long> DeleteSideOutputsAsync(int partitions, long arrivedBeforeMs, CancellationToken cancellationToken)
    {
        var all = 0L;
        for (var partition = 0; partition < partitions; partition++)
        {
            foreach (var kind in Enum.GetValues<SideOutputKind>())
            {
                int deleted;
                do
                {
                    using var turn = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
                    deleted = _writer.DeleteSideOutputs(partition, (int)kind, arrivedBeforeMs);
                    all += deleted;
                }
                while (StateWriter.MayHaveMore(deleted));
            }
        }

        return all;
    }
}
