using ClickFuncs.Analytics;
using ClickFuncs.Batch.Archive;
using ClickFuncs.Processing;
using ClickFuncs.Windows;

namespace ClickFuncs.Batch.Backfill;

/// <summary>Counts a partition again, with the stream's own logic, and stages what falls into the range. Staged versions are sequence numbers, as the stream's are.</summary>
internal sealed class PartitionReplay(CaptureCatalog catalog, IAnalyticsStaging staging)
{
    /// <summary>Replays until nothing can change the range any more, or to the last record. Repeating it stages the same rows.</summary>
    internal async Task<ReplayedPartition> RunAsync(ReplayPartition replay, CancellationToken cancellationToken)
    {
        var (request, records) = (replay.Backfill.Request, replay.Records);
        var processor = new PartitionProcessor(records.Partition, request.Policy.ToOptions(), records.First - 1);
        var unit = new CommitUnit();
        var rows = new WindowRowSet();
        await foreach (var batch in new CapturedRecords(catalog, records.Partition, records.First, records.Last).ReadAsync(cancellationToken))
        {
            processor.Process(batch, unit);
            CopyRange(unit.Rows, rows, request);
            await staging.StageAsync(replay.Backfill.Area, [rows], cancellationToken);
            if (request.Policy.ClosedThroughMs(processor.WatermarkMs) >= request.ToMs)
                break;
        }

        // Says how far it has read, also where that gave no row; and an area is there for the comparison.
        rows.Clear();
        (rows.Partition, rows.Version) = (records.Partition, processor.Position);
        await staging.StageAsync(replay.Backfill.Area, [rows], cancellationToken);
        return records with { Last = processor.Position };
    }

    private static void CopyRange(WindowRowSet from, WindowRowSet to, BackfillRequest request)
    {
        to.Clear();
        (to.Partition, to.Version, to.WatermarkMs) = (from.Partition, from.Version, from.WatermarkMs);
        foreach (ref readonly var row in from.Rows)
        {
            if (row.WindowStartMs >= request.FromMs && row.WindowStartMs < request.ToMs)
                to.Add(row.WindowStartMs, from.GetKey(row), row.Metrics);
        }
    }
}
