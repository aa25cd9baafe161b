using System.Buffers;
using ClickFuncs.Budgets;
using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Processing;
using ClickFuncs.State;
using ClickFuncs.Testing.Events;

namespace ClickFuncs.Core.Tests.Processing;

/// <summary>What commits say of campaigns' spend is the sum of their rows, however they were cut, and again after a restart.</summary>
public sealed class SpendOfCommitsProperties
{
    [Fact]
    public void Spend_AnyBatchesAndRestarts_IsTheSumOfTheClicks()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var table = new SpendTable();
            var truth = new Dictionary<(string, string), long>();
            var (processor, unit) = (new PartitionProcessor(0, new ProcessorOptions()), new CommitUnit());
            var stored = new PartitionRecovery(new PartitionHead { Partition = 0, Position = -1, PublishedPosition = -1, SnapshotPosition = -1 }, default, []);
            var now = TestEvent.Noon;
            for (long sequence = 0; sequence < 400;)
            {
                var batch = new RecordBatch();
                for (var i = random.Next(1, 60); i > 0; i--)
                {
                    var e = Make(random, sequence, now += random.Next(4_000));
                    batch.Add(sequence++, now, e.Encode());
                    if (e.Type == EventType.Click)
                        truth[(e.Key.CampaignId, e.Key.Currency)] = truth.GetValueOrDefault((e.Key.CampaignId, e.Key.Currency)) + e.CostMicros;
                }

                processor.Process(batch, unit);
                Report(table, unit);
                stored = Next(stored, unit);
                if (random.Next(6) == 0)
                    stored = Snapshot(stored, processor);
                if (random.Next(4) != 0)
                    continue;
                // Killed after the commit: what was published is not known, so all since the snapshot comes again.
                var outbox = new CommitUnit();
                processor = PartitionProcessor.Restore(stored, new ProcessorOptions(), outbox);
                Report(table, outbox);
            }

            foreach (var ((campaign, currency), micros) in truth)
                Assert.True(micros == table.SpentFrom(campaign, currency, 0), $"seed {seed}: {campaign} in {currency}");
        }
    }

    private static TestEvent Make(Random random, long sequence, long now) => new()
    {
        ClickId = $"clk_{sequence}",
        TimeMs = now - random.Next(40_000),
        Type = random.Next(4) == 0 ? EventType.Impression : EventType.Click,
        CostMicros = random.Next(3) * 450_000L,
        Key = new TestEvent().Key with { CampaignId = $"cmp_{random.Next(4)}", AdId = $"ad_{random.Next(9)}", Currency = random.Next(5) == 0 ? "EUR" : "USD" },
    };

    private static void Report(SpendTable table, CommitUnit unit)
    {
        foreach (var record in SpendReportCodec.Encode(unit.Rows))
            table.Apply([SpendReportCodec.Decode(record.Span)]);
    }

    // A snapshot covers only what is published.
    private static PartitionRecovery Snapshot(PartitionRecovery before, PartitionProcessor processor)
    {
        var writer = new ArrayBufferWriter<byte>();
        processor.WriteSnapshot(writer);
        var position = before.Head.Position;
        return new PartitionRecovery(before.Head with { SnapshotPosition = position, PublishedPosition = position }, writer.WrittenMemory, []);
    }

    private static PartitionRecovery Next(PartitionRecovery before, CommitUnit unit)
    {
        var commit = unit.ToCommit(0);
        return before with
        {
            Head = before.Head with { Position = commit.LastSequence, Counters = commit.Counters, WatermarkMs = commit.WatermarkMs },
            Deltas = [.. before.Deltas, new StoredDelta(commit.FirstSequence, commit.LastSequence, commit.Delta.ToArray())],
        };
    }
}
