using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Log;
using ClickFuncs.Local.State;
using ClickFuncs.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Verification;

/// <summary>Reads everything a data folder holds and says what is wrong with it. Changes nothing.</summary>
internal static class DataVerification
{
    /// <summary>Checks log and state, and that they agree.</summary>
    public static async Task<VerificationReport> RunAsync(DataDirectory directory, CancellationToken cancellationToken)
    {
        var findings = new List<string>();
        var log = LogVerifier.Verify(directory.Log, cancellationToken);
        findings.AddRange(log.Findings);
        IReadOnlyList<PartitionHead> heads = [];
        if (Directory.Exists(directory.State))
        {
            await using var state = new SqlitePartitionStateStore(
                new SqliteStateOptions { Directory = directory.State }, NullLogger<SqlitePartitionStateStore>.Instance);
            findings.AddRange(await state.VerifyAsync(cancellationToken));
            heads = await state.ListHeadsAsync(cancellationToken);
        }

        findings.AddRange(heads.SelectMany(head => Compare(head, log)));
        return new VerificationReport(findings, log, heads);
    }

    private static IEnumerable<string> Compare(PartitionHead head, LogVerification log)
    {
        var next = head.Partition < log.NextSequences.Count ? log.NextSequences[head.Partition] : 0;
        if (head.Position >= next)
            yield return FormattableString.Invariant(
                $"Partition {head.Partition}: the state has counted up to record {head.Position}, but the log ends at {next - 1}.");
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
