using ClickFuncs.Batch.Recount;
using ClickFuncs.Log;
using ClickFuncs.Processing;
using ClickFuncs.Windows;

namespace ClickFuncs.Batch.Tests.Recount;

/// <summary>What the product's own stream counts of a log.</summary>
internal static class RealStream
{
    public static Dictionary<(long Hour, DimensionKey Key), WindowMetrics> Count(LogOfEvents log, int day, CountingPolicy policy)
    {
        var counts = new Dictionary<(long, DimensionKey), WindowMetrics>();
        for (var partition = 0; partition < log.PartitionCount; partition++)
        {
            var rows = new Dictionary<(long StartMs, DimensionKey Key), WindowMetrics>();
            var processor = new PartitionProcessor(partition, PlainTruth.ToOptions(policy));
            var unit = new CommitUnit();
            for (var from = 0; from < log[partition].Count; from += 100)
            {
                processor.Process(Batch(log, partition, from), unit);
                foreach (var row in unit.Rows.Rows)
                    rows[(row.WindowStartMs, DimensionKey.Parse(unit.Rows.GetKey(row)))] = row.Metrics;
            }

            PlainTruth.AddWindows(counts, rows.Select(row => (row.Key.StartMs, row.Key.Key, row.Value)), day);
        }

        return counts;
    }

    private static RecordBatch Batch(LogOfEvents log, int partition, int from)
    {
        var batch = new RecordBatch();
        for (var i = from; i < Math.Min(from + 100, log[partition].Count); i++)
        {
            var e = log[partition][i];
            batch.Add(i, e.TimeMs + e.ArrivalDelayMs, e.Encode());
        }

        return batch;
    }
}
