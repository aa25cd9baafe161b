using ClickFuncs.State;

namespace ClickFuncs.Local.State;

internal sealed partial class StateWriter
{
    // Deleting a blob reads all its pages; this many bytes at a time keep other partitions' commits waiting for milliseconds.
    private const long DeletedBytesAtATime = 8 << 20;

    /// <summary>Throws what <see cref="NameSnapshot"/> would, before anybody writes the file.</summary>
    public void CheckSnapshot(PartitionLease lease, long sequence)
    {
        _begin.Execute();
        try
        {
            SetSnapshot(lease, sequence);
        }
        finally
        {
            Rollback();
        }
    }

    /// <summary>Makes the head name a snapshot that lies durably in its file. The deltas it covers are the business of
    /// <see cref="DeleteCoveredDeltas"/>.</summary>
    public void NameSnapshot(PartitionLease lease, long sequence)
    {
        _begin.Execute();
        try
        {
            SetSnapshot(lease, sequence);
            _commit.Execute();
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    /// <summary>Deletes some of the deltas that no recovery reads any more. A crash in between leaves the rest to the next snapshot.</summary>
    /// <returns>Whether there may be more.</returns>
    public bool DeleteCoveredDeltas(int partition)
    {
        long bytes = 0, upTo = -1;
        _coveredDeltas.Bind(1, partition);
        while (bytes < DeletedBytesAtATime && _coveredDeltas.Step())
        {
            upTo = _coveredDeltas.GetInt64(0);
            bytes += _coveredDeltas.GetInt64(1);
        }

        _coveredDeltas.Reset();
        return upTo >= 0 && _deleteDeltas.Bind(1, partition).Bind(2, upTo).Execute() > 0;
    }

    private void SetSnapshot(PartitionLease lease, long sequence)
    {
        if (_nameSnapshot.Bind(1, lease.Partition).Bind(2, lease.FencingToken).Bind(3, sequence).Execute() == 0)
            throw Refusal(lease, head => $"is published up to {head.Published} and has a snapshot of {head.Snapshot}; none can be taken of {sequence}");
    }
}
