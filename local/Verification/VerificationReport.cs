using System.Text.Json;
using ClickFuncs.Batch.Archive;
using ClickFuncs.Local.Log;
using ClickFuncs.Local.Spool;
using ClickFuncs.State;

namespace ClickFuncs.Local.Verification;

/// <summary>What <c>verify</c> found.</summary>
/// <param name="Findings">A sentence for everything wrong; empty when all is well.</param>
/// <param name="Log">What the log holds.</param>
/// <param name="Spool">What waits in the spool.</param>
/// <param name="Heads">Where the partitions stand.</param>
/// <param name="Archive">What the archive holds.</param>
/// <param name="Archived">By partition, the record that the archive needs next.</param>
internal sealed record VerificationReport(
    IReadOnlyList<string> Findings, LogVerification Log, SpoolVerification Spool, IReadOnlyList<PartitionHead> Heads, ArchiveVerification Archive,
    IReadOnlyDictionary<int, long> Archived)
{
    private static readonly JsonSerializerOptions JsonOptions = new() { WriteIndented = true };

    /// <summary>The report that <c>verify</c> prints.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            ok = Findings.Count == 0,
            findings = Findings,
            log = new { segments = Log.Segments, blocks = Log.Blocks, records = Log.Records, bytes = Log.Bytes, torn_tail = Log.Torn?.ToString() },
            spool = new { waiting = Spool.Waiting, in_doubt = Spool.InDoubt, bytes = Spool.Bytes, oldest = Spool.Oldest, torn_tail = Spool.Torn },
            archive = new { files = Archive.Files, records = Archive.Records, bytes = Archive.Bytes },
            partitions = Heads.Select(h => new
            {
                partition = h.Partition,
                archived = Archived.GetValueOrDefault(h.Partition) - 1,
                position = h.Position,
                published = h.PublishedPosition,
                snapshot = h.SnapshotPosition,
                read = h.Counters.Read,
                accepted = h.Counters.Accepted,
                invalid = h.Counters.Invalid,
                duplicates = h.Counters.Duplicates,
                late_dropped = h.Counters.LateDropped,
                quarantined = h.Counters.Quarantined,
                non_clicks = h.Counters.NonClicks,
            }),
        },
        JsonOptions);
}
