using System.Globalization;
using System.Runtime.CompilerServices;
using ClickFuncs.Batch.Compaction;
using ClickFuncs.Lake;

namespace ClickFuncs.Batch.Close;

/// <summary>Checks the newest close of every day against the lake: that the archive still has the records it counted, and the report it made.</summary>
public sealed class CloseVerification(ILake lake)
{
    /// <summary>What is wrong, each a sentence; none if all is well.</summary>
    public async IAsyncEnumerable<string> FindAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await TryReadEndsAsync(cancellationToken) is not { } ends)
            yield break;
        var records = new CloseRecords(lake).ListAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (records)
        {
            while (true)
            {
                var (hasNext, problem) = await TryMoveAsync(records);
                if (problem != null)
                    yield return problem;
                if (!hasNext)
                    break;
                foreach (var entry in records.Current.Cut.Where(entry => entry.Sequence >= ends.GetValueOrDefault(entry.Partition)))
                {
                    yield return string.Create(
                        CultureInfo.InvariantCulture,
                        $"The close of {records.Current.Date:yyyy-MM-dd} has counted the records of partition {entry.Partition} up to {entry.Sequence}, but the parts end at {ends.GetValueOrDefault(entry.Partition) - 1}: the newest manifests are missing.");
                }

                if (await ReportProblemAsync(records.Current, cancellationToken) is { } wrong)
                    yield return wrong;
            }
        }
    }

    /// <summary>By partition, the record after the last one that is in a part; null if a manifest can't be read, which verifying the parts tells.</summary>
    private async Task<Dictionary<int, long>?> TryReadEndsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var ends = new Dictionary<int, long>();
            var manifests = new PartManifests(lake);
            foreach (var slice in await manifests.ListSlicesAsync(cancellationToken))
            {
                foreach (var range in (await manifests.FindLastAsync(slice, cancellationToken))!.Value.Manifest.Partitions)
                    ends[range.Partition] = Math.Max(ends.GetValueOrDefault(range.Partition), range.NextSequence);
            }

            return ends;
        }
        catch (PartManifestException)
        {
            return null;
        }
    }

    private static async Task<(bool HasNext, string? Problem)> TryMoveAsync(IAsyncEnumerator<CloseRecord> records)
    {
        try
        {
            return (await records.MoveNextAsync(), null);
        }
        catch (LakeFileDamagedException failure)
        {
            return (false, failure.Message);
        }
    }

    private async Task<string?> ReportProblemAsync(CloseRecord record, CancellationToken cancellationToken)
    {
        var path = $"{record.Reports}reconciliation.json";
        if (await lake.FindAsync(path, cancellationToken) is null)
            return $"{path}, the report of a closed day, is missing.";
        return await LakeDigest.Sha256Async(lake, path, cancellationToken) == record.ReportSha256 ? null : $"{path}, the report of a closed day, was altered: its digest is another.";
    }
}
