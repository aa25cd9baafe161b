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
            var next = await log.FindFirstSinceAsync(partition, sinceMs - MarginMs, cancellationToken);
            var range = log.GetRange(partition);
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
}
