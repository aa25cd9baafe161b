using System.Globalization;
using ClickFuncs.State;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.State;

/// <summary>Looks at everything a recovery would need, and says what is wrong instead of stopping at it.</summary>
internal sealed class StateVerifier(SqliteStateFile file, SnapshotFiles snapshots)
{
    public async ValueTask<IReadOnlyList<string>> VerifyAsync(CancellationToken cancellationToken)
    {
        var findings = new List<string>();
        using var reader = file.OpenReader();
        try
        {
            findings.AddRange(reader.QuickCheck().Select(finding => "state.db: " + finding));
            foreach (var (head, snapshotToken) in reader.ReadHeads())
            {
                cancellationToken.ThrowIfCancellationRequested();
                findings.AddRange(JudgeHead(head));
                findings.AddRange(JudgeDeltas(reader, head));
                if (head.SnapshotPosition >= 0 && await JudgeSnapshotAsync(head, snapshotToken, cancellationToken).ConfigureAwait(false) is { } finding)
                    findings.Add(finding);
            }
        }
        catch (SqliteException failure)
        {
            findings.Add("state.db: " + failure.Message);
        }

        return findings;
    }

    private static IEnumerable<string> JudgeHead(PartitionHead head)
    {
        if (head.SnapshotPosition > head.PublishedPosition || head.PublishedPosition > head.Position)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Partition {head.Partition}: snapshot {head.SnapshotPosition}, published {head.PublishedPosition} and position {head.Position} must ascend.");
    }

    private static IEnumerable<string> JudgeDeltas(StateReader reader, PartitionHead head)
    {
        try
        {
            return StateRecovery.FindGap(head, reader.ReadDeltas(head.Partition, head.SnapshotPosition)) is { } gap ? [gap] : [];
        }
        catch (StateCorruptException finding)
        {
            return [finding.Message];
        }
    }

    // A running host may take the next snapshot and remove this one meanwhile; then the newer one was checked when it was made.
    private async ValueTask<string?> JudgeSnapshotAsync(PartitionHead head, long token, CancellationToken cancellationToken)
    {
        try
        {
            await snapshots.ReadAsync(new SnapshotName(head.Partition, head.SnapshotPosition, token), cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (StateCorruptException finding)
        {
            using var later = file.OpenReader();
            return later.ReadHead(head.Partition)?.Head.SnapshotPosition == head.SnapshotPosition ? finding.Message : null;
        }
    }
}
