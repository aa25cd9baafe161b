using ClickFuncs.Batch.Archive;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Compaction;
using ClickFuncs.Local.Analytics;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Lake;
using ClickFuncs.Local.Ledger;
using ClickFuncs.Local.Log;
using ClickFuncs.Local.Spool;
using ClickFuncs.Local.State;
using ClickFuncs.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Verification;

/// <summary>Reads everything a data folder holds and says what is wrong with it. Changes nothing but to make what a new folder lacks.</summary>
internal static class DataVerification
{
    /// <summary>Checks log, spool, state and archive, and that they agree; the parts made from the archive, and whether they reach what was closed; the lake against its inventory; the logs and flags of the second stage; and the ledger, against the seals in the lake.</summary>
    /// <param name="directory">What to read.</param>
    /// <param name="spoolDirectory">Where the spool lies.</param>
    /// <param name="hub">The hub that the log is archived as now; other hubs' files are checked for themselves.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<VerificationReport> RunAsync(
        DataDirectory directory, string spoolDirectory, CaptureHub hub, CancellationToken cancellationToken)
    {
        var findings = new List<string>();
        var log = LogVerifier.Verify(directory.Log, cancellationToken);
        findings.AddRange(log.Findings);
        var spool = await SpoolVerification.RunAsync(spoolDirectory, cancellationToken);
        findings.AddRange(spool.Findings);
        IReadOnlyList<PartitionHead> heads = [];
        if (Directory.Exists(directory.State))
        {
            await using var state = new SqlitePartitionStateStore(
                new SqliteStateOptions { Directory = directory.State }, NullLogger<SqlitePartitionStateStore>.Instance);
            findings.AddRange(await state.VerifyAsync(cancellationToken));
            heads = await state.ListHeadsAsync(cancellationToken);
        }

        findings.AddRange(heads.SelectMany(Balance));
        findings.AddRange(StoreAgreement.Contradictions(heads, log.NextSequences, await VersionsAsync(directory, cancellationToken)));
        var archive = await ArchiveVerifier.RunAsync(new FolderLake(directory.Lake), cancellationToken);
        findings.AddRange(archive.Findings);
        var archived = archive.NextOf(hub);
        findings.AddRange(StoreAgreement.ArchiveContradictions(archived, log.NextSequences));
        await foreach (var finding in new PartsVerification(new FolderLake(directory.Lake)).FindAsync(cancellationToken))
            findings.Add(finding);
        await foreach (var finding in new CloseVerification(new FolderLake(directory.Lake)).FindAsync(cancellationToken))
            findings.Add(finding);
        findings.AddRange(await LocalLake.VerifyAsync(directory, cancellationToken));
        findings.AddRange(SecondStageVerification.Find(directory, cancellationToken));
        findings.AddRange(await StoredLedgerVerification.RunAsync(directory, cancellationToken));
        return new VerificationReport(findings, log, spool, heads, archive, archived);
    }

    private static async Task<IReadOnlyDictionary<int, long>> VersionsAsync(DataDirectory directory, CancellationToken cancellationToken)
    {
        await using var analytics = await DuckDbAnalyticsStore.OpenAsync(
            directory.Root, new DuckDbAnalyticsOptions(), TimeSpan.Zero, TimeProvider.System, NullLogger<DuckDbAnalyticsStore>.Instance, cancellationToken);
        return await analytics.ReadVersionsAsync(cancellationToken);
    }

    private static IEnumerable<string> Balance(PartitionHead head)
    {
        var counters = head.Counters;
        if (counters.Read != head.Position + 1)
            yield return FormattableString.Invariant(
                $"Partition {head.Partition}: {counters.Read} events were read up to record {head.Position}; it must be one more than the position.");
        var explained = counters.Accepted + counters.Duplicates + counters.LateDropped + counters.Quarantined + counters.NonClicks + counters.Invalid;
        if (explained != counters.Read)
            yield return FormattableString.Invariant(
                $"Partition {head.Partition}: {counters.Read} events were read, but {explained} are accounted for.");
    }
}
