using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Processing;
using ClickFuncs.State;
using ClickFuncs.Testing.Events;
using ClickFuncs.Verdicts;
using ClickFuncs.Windows;

namespace ClickFuncs.Core.Tests.Processing;

public sealed class PartitionProcessorTests
{
    private const long Noon = TestEvent.Noon;
    private readonly PartitionRig _rig = new(new ProcessorOptions());

    [Fact]
    public void Process_ReplayedLinkInALaterMinute_CountsOnceAndShowsAsRaw()
    {
        Run(new TestEvent(), new TestEvent { TimeMs = Noon + 120_000 });
        Assert.Equal(new WindowMetrics { RawClicks = 1, Clicks = 1, SpendMicros = 450_000 }, Row(Noon));
        Assert.Equal(new WindowMetrics { RawClicks = 1 }, Row(Noon + 120_000));
        Assert.Equal(1, _rig.Counters.Duplicates);
    }

    [Fact]
    public void Process_RepeatUnderAnotherAd_IsStillARepeat()
    {
        // Dedup comes before grouping: one id with two sets of dimensions is one click.
        var other = new TestEvent().Key with { AdId = "ad_2" };
        Run(new TestEvent(), new TestEvent { Key = other });
        Assert.Equal(1, _rig.Counters.Accepted);
        Assert.Equal(0, _rig.Sink[(Noon, other)].Metrics.Clicks);
    }

    [Fact]
    public void Process_LateWithinLateness_CorrectsItsOwnMinute()
    {
        Run(new TestEvent(), At("later", 10 * 60_000));
        Run(At("late", 1));
        Assert.Equal(2, Row(Noon).Clicks);
    }

    [Theory]
    [InlineData(60_000 + 900_000 + 30_000 - 1, 0)]
    [InlineData(60_000 + 900_000 + 30_000, 1)]
    public void Process_EventOfAClosedWindow_GoesToTheLateOutput(long newest, int dropped)
    {
        Run(At("newest", newest), At("late", 0));
        Assert.Equal(dropped, _rig.Counters.LateDropped);
        Assert.Equal(dropped, _rig.SideOutputs.Count(o => o.Kind == SideOutputKind.Late));
    }

    [Fact]
    public void Process_FutureEvent_IsQuarantinedAndDoesNotPushTheWatermark()
    {
        Run(new TestEvent(), At("future", 86_400_000) with { ArrivalDelayMs = -300_001 }, At("next", 1000));
        Assert.Equal("future_event_time", Assert.Single(_rig.SideOutputs).Reason);
        Assert.Equal(2, _rig.Counters.Accepted);
        Assert.Equal(Noon + 1000 - 30_001, _rig.Processor.WatermarkMs);
    }

    [Fact]
    public void Process_QuarantinedIdReplayedAfterAFix_IsCounted()
    {
        Run(new TestEvent { Key = new TestEvent().Key with { Currency = "usd" } }, new TestEvent());
        Assert.Equal("bad_currency", Assert.Single(_rig.SideOutputs).Reason);
        Assert.Equal(1, _rig.Counters.Accepted);
    }

    [Fact]
    public void Process_PoisonRecords_NeverStopThePartition()
    {
        Run(new TestEvent { Raw = [] }, new TestEvent { Raw = [0xff] }, new TestEvent { Raw = new byte[100_000] }, new TestEvent());
        Assert.Equal(3, _rig.Counters.Quarantined);
        Assert.Equal(1, _rig.Counters.Accepted);
        Assert.Equal(100_000, _rig.SideOutputs[2].Record.Length);
    }

    [Fact]
    public void Process_InputRejectedAtTheEdge_KeepsItsOwnReason()
    {
        var view = new EventView { RejectedInput = "{oops"u8, RejectedReason = "invalid_json"u8 };
        var record = new byte[EventEncoder.MaxLength(view)];
        Run(new TestEvent { Raw = record[..EventEncoder.Encode(view, record)] });
        Assert.Equal("invalid_json", Assert.Single(_rig.SideOutputs).Reason);
    }

    [Fact]
    public void Process_GapInSequenceNumbers_IsRefusedWhole()
    {
        var batch = new RecordBatch();
        batch.Add(1, Noon, new TestEvent().Encode());
        Assert.Throws<LogGapException>(() => _rig.Processor.Process(batch, new CommitUnit()));
        Assert.Equal(-1, _rig.Processor.Position);
    }

    [Fact]
    public void Restore_WithLongerLateness_KeepsClosedWindowsClosed()
    {
        Run(new TestEvent(), At("newest", 60 * 60_000));
        _rig.CrashAndRecover(new ProcessorOptions { AllowedLateness = TimeSpan.FromHours(2) });
        Run(At("late", 1));
        Assert.Equal(1, Row(Noon).Clicks);
        Assert.Equal(1, _rig.Counters.LateDropped);
    }

    [Fact]
    public void Restore_WithShorterLateness_LosesNoUnpublishedRow()
    {
        _rig.Append(new TestEvent());
        _rig.Append(At("second", 14 * 60_000));
        _rig.Commit(_rig.Process(_rig.Read(1)));
        _rig.Commit(_rig.Process(_rig.Read(1)));
        _rig.CrashAndRecover(new ProcessorOptions { AllowedLateness = TimeSpan.Zero, OutOfOrderness = TimeSpan.Zero });
        Assert.Equal(2, _rig.Sink.Count);
    }

    [Fact]
    public void Restore_DamagedDelta_IsRefused()
    {
        _rig.Append(new TestEvent());
        var unit = _rig.Process(_rig.Read(1));
        var delta = unit.ToCommit(0).Delta.ToArray();
        for (var length = 0; length < delta.Length; length++)
        {
            var recovery = new PartitionRecovery(
                new PartitionHead { Partition = 3, Position = 0 }, default, [new StoredDelta(0, 0, delta.AsMemory(0, length))]);
            Assert.Throws<StateCorruptException>(() => PartitionProcessor.Restore(recovery, new ProcessorOptions(), new CommitUnit()));
        }
    }

    [Theory]
    [InlineData(VerdictTier.Valid, false, 1, 0, 0)]
    [InlineData(VerdictTier.Suspect, false, 1, 0, 0)]
    [InlineData(VerdictTier.Suspect, true, 0, 0, 1)]
    [InlineData(VerdictTier.Invalid, false, 0, 1, 0)]
    [InlineData(VerdictTier.Invalid, true, 0, 1, 0)]
    public void Process_JudgedClick_IsBilledOnlyWhenNeitherInvalidNorOverBudget(
        VerdictTier tier, bool isOverBudget, int billed, int invalid, int overBudget)
    {
        var reasons = tier == VerdictTier.Valid ? VerdictReasons.None : VerdictReasons.KnownBot;
        var click = new TestEvent { Verdict = new Verdict(tier, reasons), OverBudget = isOverBudget };
        Run(click, click);
        Assert.Equal(
            new WindowMetrics { RawClicks = 2, Clicks = billed, SpendMicros = billed * 450_000, InvalidClicks = invalid, OverBudgetClicks = overBudget },
            _rig.Sink[(Noon, click.RowKey)].Metrics);
        Assert.Equal(1, _rig.Sink[(Noon, click.RowKey)].Metrics.DuplicateClicks);
        Assert.Equal(tier == VerdictTier.Invalid ? "known_bot" : "", click.RowKey.Reason);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Restore_FormatOfBeforeVerdictCounts_ReadsItsCounts(byte format)
    {
        // As they were written once: no id, minute 29,715,120 with one new cell of key "a" (advertiser), and five counts.
        byte[] delta =
        [
            format, 0, 0, 7, 6, 1, 0, 0, 0, 0, 0,
            1, 0xb0, 0xd5, 0x95, 0x0e, 0, 1, 0, 3, 0x2a, 1, (byte)'a', 10, 3, 2, 1, 0xa0, 0x1f,
            .. format == 1 ? Array.Empty<byte>() : [1, .. Enumerable.Range(1, 16).Select(b => (byte)b)], // One signal.
        ];
        var outbox = new CommitUnit();
        var recovery = new PartitionRecovery(
            new PartitionHead { Partition = 3, Position = 0, PublishedPosition = -1 }, default, [new StoredDelta(0, 0, delta)]);
        PartitionProcessor.Restore(recovery, new ProcessorOptions(), outbox);
        var row = outbox.Rows.Rows[0];
        Assert.Equal(29_715_120L * 60_000, row.WindowStartMs);
        Assert.Equal(new WindowMetrics { Impressions = 10, RawClicks = 3, Clicks = 2, Conversions = 1, SpendMicros = 4000 }, row.Metrics);
        Assert.Equal(format - 1, outbox.Rows.Signals.Count);
    }

    [Fact]
    public void Restore_NewerFormat_SaysSo()
    {
        var recovery = new PartitionRecovery(new PartitionHead { Partition = 3, Position = 0 }, default, [new StoredDelta(0, 0, new byte[] { 200 })]);
        var failure = Assert.Throws<StateCorruptException>(
            () => PartitionProcessor.Restore(recovery, new ProcessorOptions(), new CommitUnit()));
        Assert.Contains("format 200", failure.Message, StringComparison.Ordinal);
    }

    private void Run(params TestEvent[] events)
    {
        foreach (var e in events)
            _rig.Append(e);
        _rig.RunToEnd();
    }

    private static TestEvent At(string id, long afterNoonMs) => new() { ClickId = id, TimeMs = Noon + afterNoonMs };

    private WindowMetrics Row(long startMs) => _rig.Sink[(startMs, new TestEvent().Key)].Metrics;
}
