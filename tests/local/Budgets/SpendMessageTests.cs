using ClickFuncs.Analytics;
using ClickFuncs.Budgets;
using ClickFuncs.Events;
using ClickFuncs.Local.Budgets;
using ClickFuncs.Log;
using ClickFuncs.Processing;
using ClickFuncs.Testing.Analytics;
using ClickFuncs.Testing.Events;
using ClickFuncs.Testing.Log;
using ClickFuncs.Testing.State;
using ClickFuncs.Testing.Time;
using ClickFuncs.Windows;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Tests.Budgets;

/// <summary>R19, R22: what a viral ad costs the log of spend depends on partitions and time, not on its clicks.</summary>
public sealed class SpendMessageTests
{
    private const int Partitions = 2;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Tail = TimeSpan.FromSeconds(2);
    private static readonly StreamOptions Options = new() { CommitInterval = TimeSpan.Zero, PublishInterval = TimeSpan.FromMilliseconds(500) };

    [Theory]
    [InlineData(3)]
    [InlineData(300)]
    public void Messages_OfAViralAd_AreAtMostOnePerPartitionAndIntervalWhateverItsClicks(int clicksPerStep)
    {
        var clock = new ManualClock(DateTimeOffset.FromUnixTimeMilliseconds(TestEvent.Noon));
        var spend = new SpendLog(clock);
        var turns = new Turns();
        turns.Run(() =>
        {
            var rows = new RowPublisher(new InMemoryAnalyticsStore(TimeSpan.FromSeconds(15)), Options, clock, NullLogger<RowPublisher>.Instance);
            _ = rows.RunAsync(CancellationToken.None);
            var sources = Enumerable.Range(0, Partitions).Select(partition => new Source(partition, new SpendPublisher(spend, rows), clock)).ToList();
            for (var at = TimeSpan.Zero; at < Length; at += Step, clock.Advance(Step))
            {
                foreach (var source in sources)
                    source.Click(clicksPerStep);
                turns.UntilIdle();
            }

            // What waits for a publish gets it.
            for (var at = TimeSpan.Zero; at < Tail; at += Step, clock.Advance(Step))
            {
                foreach (var source in sources)
                    source.Click(0);
                turns.UntilIdle();
            }

            foreach (var source in sources)
                Check(source, [.. spend.Reports.Where(sent => sent.Report.Partition == source.Partition)]);
        });
    }

    // A unit's message is sent when the one before it is published, and publishes are an interval apart.
    private static void Check(Source source, List<(DateTimeOffset At, SpendReport Report)> sent)
    {
        Assert.Equal(source.Clicks * new TestEvent().CostMicros, sent[^1].Report.Partials.Sum(partial => partial.SpendMicros));
        Assert.InRange(sent.Count, (int)(Length / Options.PublishInterval) - 2, (int)((Length + Tail) / Options.PublishInterval) + 1);
        for (var i = 1; i < sent.Count; i++)
            Assert.True(sent[i].At - sent[0].At >= (i - 1) * Options.PublishInterval, $"{i + 1} messages of partition {source.Partition} came within {sent[i].At - sent[0].At}.");
    }

    /// <summary>A partition of the click log and who counts it.</summary>
    private sealed class Source(int partition, IRowPublisher publisher, TimeProvider time)
    {
        private readonly ListLog _log = new();
        private PartitionSession? _session;
        private Task _step = Task.CompletedTask;

        public int Partition => partition;

        public int Clicks { get; private set; }

        public void Click(int count)
        {
            for (var i = 0; i < count; i++)
                _log.Append(TestEvent.Noon, (new TestEvent { ClickId = $"clk_{partition}_{Clicks++}", TimeMs = TestEvent.Noon }).Encode());
            if (_step.IsCompleted)
                _step = StepAsync(_step);
        }

        private async Task StepAsync(Task before)
        {
            await before;
            _session ??= await PartitionSession.OpenAsync(
                0, "a", _log, new InMemoryPartitionStateStore(), new Renumbered(partition, publisher), new ProcessorOptions(), Options, time, CancellationToken.None);
            await _session.StepAsync(CancellationToken.None);
        }
    }

    /// <summary>Lets everything that waits for nothing but its turn go on, on one thread; then only the clock can change anything.</summary>
    private sealed class Turns : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Work, object? State)> _queue = [];

        public override void Post(SendOrPostCallback d, object? state)
        {
            lock (_queue)
                _queue.Enqueue((d, state));
        }

        public void Run(Action action)
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                action();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }

        public void UntilIdle()
        {
            while (_queue.TryDequeue(out var turn))
                turn.Work(turn.State);
        }
    }

    // A list is a log of one partition: its rows are given the number of theirs.
    private sealed class Renumbered(int partition, IRowPublisher next) : IRowPublisher
    {
        public Task PublishAsync(WindowRowSet rows, CancellationToken cancellationToken)
        {
            rows.Partition = partition;
            return next.PublishAsync(rows, cancellationToken);
        }
    }

    private sealed class SpendLog(TimeProvider time) : IClickLog
    {
        private readonly List<(DateTimeOffset, SpendReport)> _reports = [];

        public int PartitionCount => 1;

        public IReadOnlyList<(DateTimeOffset At, SpendReport Report)> Reports => _reports;

        public ValueTask<LogPosition> AppendAsync(Fingerprint id, ReadOnlySpan<byte> record, CancellationToken cancellationToken)
        {
            _reports.Add((time.GetUtcNow(), SpendReportCodec.Decode(record)));
            return ValueTask.FromResult(new LogPosition(0, _reports.Count - 1));
        }
    }
}
