using ClickFuncs.Events;
using ClickFuncs.Log;

namespace ClickFuncs.Spool;

/// <summary>Finds out which of some records are on the log already. By content: the same person clicking again is another record.</summary>
public static class LogSearch
{
    private const int ReadBytes = 1 << 20;

    // A wall clock that is set back a little must not hide a record.
    private const long MarginMs = 60_000;

    /// <summary>What a record is known by in a search.</summary>
    public static Fingerprint KeyOf(ReadOnlySpan<byte> record) => Fingerprint.Of(EventType.Click, record);

    /// <summary>Reads the log from a moment on.</summary>
    /// <param name="log">The log.</param>
    /// <param name="wanted">By partition, the keys looked for; partitions without any are not read.</param>
    /// <param name="sinceMs">Records that arrived before this are not among them, milliseconds since the Unix epoch.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Those of the wanted that are there.</returns>
    public static async Task<IReadOnlySet<Fingerprint>> FindAsync(
        ILogReader log, IReadOnlyDictionary<int, IReadOnlySet<Fingerprint>> wanted, long sinceMs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(wanted);
        var (found, batch) = (new HashSet<Fingerprint>(), new RecordBatch());
        foreach (var (partition, keys) in wanted)
        {
            var range = log.GetRange(partition);
            var next = await FirstSinceAsync(log, partition, range, sinceMs - MarginMs, batch, cancellationToken);
            for (; next < range.Next; next += batch.Count)
            {
                await log.ReadAsync(partition, next, ReadBytes, batch, cancellationToken);
                if (batch.Count == 0)
                    break;
                Match(batch, keys, found);
            }
        }

        return found;
    }

    private static void Match(RecordBatch batch, IReadOnlySet<Fingerprint> keys, HashSet<Fingerprint> found)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var key = KeyOf(batch.GetRecord(i));
            if (keys.Contains(key))
                found.Add(key);
        }
    }

    // Arrival times never go back within a partition.
    private static async Task<long> FirstSinceAsync(
        ILogReader log, int partition, LogRange range, long sinceMs, RecordBatch batch, CancellationToken cancellationToken)
    {
        var (low, high) = range;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            await log.ReadAsync(partition, middle, 1, batch, cancellationToken);
            if (batch.Count > 0 && batch.Entries[0].ArrivalMs < sinceMs)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
