namespace ClickFuncs.Log;

/// <summary>Port: reads a partition of the log from any retained position. Any number of readers, each keeps its own position.</summary>
public interface ILogReader
{
    /// <summary>Number of partitions; fixed for the life of the log.</summary>
    int PartitionCount { get; }

    /// <summary>What the partition holds durably now.</summary>
    LogRange GetRange(int partition);

    /// <summary>
    /// Clears <paramref name="batch"/> and fills it with records from <paramref name="fromSequence"/> on, at least one if
    /// there is one, until about <paramref name="maxBytes"/> are in it. An empty batch means: nothing there yet.
    /// </summary>
    /// <exception cref="LogGapException">The position is older than what is retained.</exception>
    /// <exception cref="LogCorruptException">The stored bytes fail their checksum; nothing is skipped.</exception>
    ValueTask ReadAsync(int partition, long fromSequence, int maxBytes, RecordBatch batch, CancellationToken cancellationToken);

    /// <summary>Completes when the partition durably holds <paramref name="sequence"/>, or on cancellation (then it throws).</summary>
    ValueTask WaitForAsync(int partition, long sequence, CancellationToken cancellationToken);

    /// <summary>
    /// Finds the first record that arrived at a time or later; where there is none, the end. Arrival times never go back within a partition. Whoever
    /// can ask its service does; else it is searched for by halves. Afterwards <see cref="GetRange"/> is of now.
    /// </summary>
    /// <param name="partition">The partition.</param>
    /// <param name="sinceMs">The time, milliseconds since the Unix epoch.</param>
    /// <param name="cancellationToken">Stops searching.</param>
    async ValueTask<long> FindFirstSinceAsync(int partition, long sinceMs, CancellationToken cancellationToken)
    {
        var (batch, (low, high)) = (new RecordBatch(), GetRange(partition));
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            await ReadAsync(partition, middle, 1, batch, cancellationToken);
            if (batch.Count > 0 && batch.Entries[0].ArrivalMs < sinceMs)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
