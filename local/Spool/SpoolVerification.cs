using ClickFuncs.Local.Log;
using ClickFuncs.Log;
using ClickFuncs.Spool;

namespace ClickFuncs.Local.Spool;

/// <summary>What <c>verify</c> finds in a spool.</summary>
/// <param name="Findings">A sentence for everything wrong; events that wait are nothing wrong.</param>
/// <param name="Waiting">Events that wait to be drained.</param>
/// <param name="InDoubt">Those among them that the log was given too and may hold.</param>
/// <param name="Bytes">Bytes of all its files.</param>
/// <param name="Oldest">When the oldest of them was made durable; null when none waits.</param>
/// <param name="Torn">An interrupted write at the end: no damage.</param>
internal sealed record SpoolVerification(
    IReadOnlyList<string> Findings, long Waiting, long InDoubt, long Bytes, DateTimeOffset? Oldest, string? Torn)
{
    private const int ReadBytes = 1 << 20;

    /// <summary>Checks every byte, and that whatever waits is an event. Changes nothing.</summary>
    /// <param name="directory">The spool's folder; one that is not there is an empty spool.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<SpoolVerification> RunAsync(string directory, CancellationToken cancellationToken)
    {
        var records = SegmentSpool.RecordsOf(directory);
        if (!Directory.Exists(records))
            return new SpoolVerification([], 0, 0, 0, null, null);
        var check = LogVerifier.Verify(records, cancellationToken);
        var findings = check.Findings.ToList();
        var (waiting, doubts, oldest) = (0L, 0L, (DateTimeOffset?)null);
        try
        {
            if (findings.Count == 0 && check.Segments > 0)
                (waiting, doubts, oldest) = await ReadAsync(directory, records, findings, cancellationToken);
        }
        catch (LogException e)
        {
            findings.Add(e.Message);
        }

        return new SpoolVerification(findings, waiting, doubts, check.Bytes, oldest, check.Torn?.ToString());
    }

    private static async Task<(long Waiting, long Doubts, DateTimeOffset? Oldest)> ReadAsync(
        string directory, string records, List<string> findings, CancellationToken cancellationToken)
    {
        var reader = LogOpener.OpenReadOnly(records);
        var range = reader.GetRange(0);
        var next = SpoolPosition.Read(SegmentSpool.PositionOf(directory));
        if (SegmentSpool.Contradiction(directory, next, range) is { } wrong)
        {
            findings.Add(wrong);
            return (0, 0, null);
        }

        var (batch, doubts, oldest) = (new RecordBatch(), 0L, (DateTimeOffset?)null);
        for (var at = next; at < range.Next; at += batch.Count)
        {
            await reader.ReadAsync(0, at, ReadBytes, batch, cancellationToken);
            oldest ??= DateTimeOffset.FromUnixTimeMilliseconds(batch.Entries[0].ArrivalMs);
            doubts += Check(batch, findings);
        }

        return (range.Next - next, doubts, oldest);
    }

    private static long Check(RecordBatch batch, List<string> findings)
    {
        var doubts = 0L;
        for (var i = 0; i < batch.Count; i++)
        {
            var record = SpoolEntry.Read(batch.GetRecord(i), out _, out var handedOverMs);
            doubts += handedOverMs is null ? 0 : 1;
            // Lines that are no event are recorded too, as they are; the stream quarantines them. What has no bytes at all is nothing.
            if (record.IsEmpty)
                findings.Add(FormattableString.Invariant($"Spool entry {batch.Entries[i].Sequence} is empty."));
        }

        return doubts;
    }
}
