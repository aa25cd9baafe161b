using ClickFuncs.Ledger;
using ClickFuncs.Local.Log;
using ClickFuncs.Log;
using ClickFuncs.State;
using ClickFuncs.Testing.Events;
using ClickFuncs.Testing.Processing;
using ClickFuncs.Windows;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>What must be true when a world has come to rest, checked against a plain count of what lies on the log.</summary>
internal static class Invariants
{
    public static async Task CheckAsync(Pipeline world)
    {
        var records = await ReadLogAsync(world);
        NothingAcknowledgedIsLost(world, records);
        NothingCameFromNowhere(world, records);
        for (var partition = 0; partition < records.Count; partition++)
            await CountsAreThoseOfThePlainReferenceAsync(world, partition, records[partition]);
        await ArchiveIsTheLogAsync(world, records);
        await SecondStageInvariants.CheckAsync(world, records);
        await LedgerOwesTheTruthAsync(world, records);
    }

    private static async Task ArchiveIsTheLogAsync(Pipeline world, List<List<(long ArrivalMs, byte[] Bytes)>> records)
    {
        var archived = await ArchivedRecords.ReadAsync(world, world.Lake);
        for (var partition = 0; partition < records.Count; partition++)
        {
            world.Require(archived[partition].Count == records[partition].Count, $"partition {partition} has {archived[partition].Count} records in the archive, not {records[partition].Count}");
            for (var i = 0; i < records[partition].Count; i++)
            {
                var (log, copy) = (records[partition][i], archived[partition][i]);
                world.Require(log.ArrivalMs == copy.ArrivalMs && log.Bytes.AsSpan().SequenceEqual(copy.Bytes), $"record {i} of partition {partition} is another one in the archive");
            }
        }
    }

    private static async Task LedgerOwesTheTruthAsync(Pipeline world, List<List<(long ArrivalMs, byte[] Bytes)>> records)
    {
        var findings = await new LedgerVerification(world.Ledger, []).RunAsync(CancellationToken.None);
        world.Require(findings.Count == 0, string.Join(' ', findings));
        var posted = new Dictionary<(DateOnly, string, string), (long Micros, long Clicks)>();
        foreach (var head in await world.Ledger.ListJournalsAsync(CancellationToken.None))
        {
            foreach (var entry in await world.Ledger.ReadJournalAsync(head.Journal, 1, int.MaxValue, CancellationToken.None))
            {
                var id = (entry.Posting.ClickDay!.Value, head.Journal.AdvertiserId, entry.Posting.CampaignId);
                var sum = posted.GetValueOrDefault(id);
                posted[id] = (sum.Micros + entry.Posting.AmountMicros, sum.Clicks + entry.Posting.Clicks);
            }
        }

        var owed = PlainTruth.Of(world, records);
        foreach (var id in owed.Keys.Union(posted.Keys))
            world.Require(posted.GetValueOrDefault(id) == owed.GetValueOrDefault(id), $"the ledger has {posted.GetValueOrDefault(id)} for {id}, owed is {owed.GetValueOrDefault(id)}");
    }

    private static async Task<List<List<(long ArrivalMs, byte[] Bytes)>>> ReadLogAsync(Pipeline world)
    {
        var partitions = new List<List<(long, byte[])>>();
        for (var partition = 0; partition < world.Log.PartitionCount; partition++)
        {
            var records = new List<(long, byte[])>();
            var batch = new RecordBatch();
            while (records.Count < world.Log.GetRange(partition).Next)
            {
                await world.Log.ReadAsync(partition, records.Count, 1 << 20, batch, CancellationToken.None);
                for (var i = 0; i < batch.Count; i++)
                {
                    world.Require(batch.Entries[i].Sequence == records.Count, $"partition {partition} has a hole before record {batch.Entries[i].Sequence}");
                    records.Add((batch.Entries[i].ArrivalMs, batch.GetRecord(i).ToArray()));
                }
            }

            partitions.Add(records);
        }

        return partitions;
    }

    private static void NothingAcknowledgedIsLost(Pipeline world, List<List<(long ArrivalMs, byte[] Bytes)>> records)
    {
        var there = records.SelectMany(partition => partition).Select(record => Convert.ToHexString(record.Bytes)).ToHashSet();
        var lost = world.Traffic.Acknowledged.Count(record => !there.Contains(record));
        world.Require(lost == 0, $"{lost} of {world.Traffic.Acknowledged.Count} acknowledged events are not on the log");
    }

    private static void NothingCameFromNowhere(Pipeline world, List<List<(long ArrivalMs, byte[] Bytes)>> records)
    {
        foreach (var record in records.SelectMany(partition => partition))
            world.Require(world.Traffic.Find(record.Bytes) != null, "the log holds a record that nobody sent");
    }

    private static async Task CountsAreThoseOfThePlainReferenceAsync(Pipeline world, int partition, List<(long ArrivalMs, byte[] Bytes)> records)
    {
        var plain = new NaiveStream(world.Processing);
        for (var i = 0; i < records.Count; i++)
        {
            var e = world.Traffic.Find(records[i].Bytes)!;
            plain.Add(i, e with { ArrivalDelayMs = records[i].ArrivalMs - e.TimeMs });
        }

        if (records.Count > 0)
        {
            var head = world.State.Heads[partition];
            world.Require(head.Counters == plain.Counters, $"partition {partition} counted {head.Counters}, not {plain.Counters}");
        }

        var rows = world.Table.Rows.Where(row => row.Key.Partition == partition).ToDictionary(row => (row.Key.StartMs, row.Key.Key), row => row.Value.Metrics);
        world.Require(rows.Count == plain.Windows.Count, $"partition {partition} has {rows.Count} rows, not {plain.Windows.Count}");
        foreach (var (id, metrics) in plain.Windows)
            world.Require(rows.TryGetValue(id, out var row) && row == metrics, $"partition {partition} shows another count for {id} than {metrics}");

        foreach (var kind in (SideOutputKind[])[SideOutputKind.Late, SideOutputKind.Quarantine])
        {
            var kept = await world.State.ReadSideOutputsAsync(partition, kind, 0, int.MaxValue, CancellationToken.None);
            world.Require(
                kept.Select(o => o.Sequence).SequenceEqual(plain.SideOutputs.Where(o => o.Kind == kind).Select(o => (long)o.Index)),
                $"the side output {kind} of partition {partition} is not what it should be");
        }
    }
}
