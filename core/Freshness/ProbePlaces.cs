namespace ClickFuncs.Freshness;

/// <summary>
/// Which partition is probed next: in turn, one that got records since it was looked at last. An idle log is not probed: nothing has to become
/// visible, and a folder of old events stays as it is. Not thread-safe.
/// </summary>
/// <param name="partitions">Number of partitions.</param>
internal sealed class ProbePlaces(int partitions)
{
    private readonly long[] _seen = new long[partitions];
    private bool _isStarted;
    private int _last = -1;

    /// <summary>Chooses.</summary>
    /// <param name="next">By partition, the sequence number that its next record gets.</param>
    /// <returns>The partition; null when none got a record.</returns>
    public int? Choose(Func<int, long> next)
    {
        if (!_isStarted)
        {
            // What lies there from before is no traffic.
            for (var partition = 0; partition < partitions; partition++)
                _seen[partition] = next(partition);
            _isStarted = true;
            return null;
        }

        for (var step = 1; step <= partitions; step++)
        {
            var partition = (_last + step) % partitions;
            if (next(partition) <= _seen[partition])
                continue;
            _last = partition;
            return partition;
        }

        return null;
    }

    /// <summary>Takes what a partition holds now, a probe included, for seen.</summary>
    public void Note(int partition, long next) => _seen[partition] = next;

    /// <summary>Has a partition probed again, with or without new records.</summary>
    public void Forget(int partition) => _seen[partition] = -1;
}
