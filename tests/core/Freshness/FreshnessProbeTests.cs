using System.Threading.Channels;
using ClickFuncs.Analytics;
using ClickFuncs.Events;
using ClickFuncs.Freshness;
using ClickFuncs.Log;
using ClickFuncs.Processing;
using ClickFuncs.Telemetry.Tracing;
using ClickFuncs.Testing.Time;
using ClickFuncs.Windows;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Core.Tests.Freshness;

public sealed class FreshnessProbeTests
{
    private const long StreamTimeMs = 1_782_907_200_000; // 2026-07-01T12:00Z

    private readonly ManualClock _clock = new();
    private readonly ProbedLog _log = new();
    private readonly PartitionProcessor _processor = new(0, new ProcessorOptions());
    private readonly WatchedAnalytics _analytics = new();
    private readonly FreshnessProbe _probe;

    public FreshnessProbeTests() => _probe = new FreshnessProbe(
        _log, _log, _analytics, _ => _processor.WatermarkMs, new FreshnessOptions(), _clock, ClickTraces.Off, NullLogger<FreshnessProbe>.Instance);

    [Fact]
    public async Task Probe_IdleLog_SendsNothing()
    {
        await BeginAsync();
        Assert.False(await _probe.ProbeAsync(CancellationToken.None));
        Assert.Equal(1, _log.Count);
        Assert.Null(_probe.Current);
    }

    [Fact]
    public async Task Probe_AfterTraffic_MeasuresTheTimeUntilItsRowIsPublished()
    {
        await BeginAsync();
        Click(StreamTimeMs + 1000);
        var probing = _probe.ProbeAsync(CancellationToken.None);
        await _analytics.LookedAsync(times: 2); // what is there before the probe, and the first look after it
        for (var i = 0; i < 7; i++)
        {
            _clock.Advance(new FreshnessOptions().LookInterval);
            await _analytics.LookedAsync(times: 1);
        }

        Assert.Equal(TimeSpan.FromMilliseconds(700), _probe.Current!.Freshness);
        Assert.True(_probe.Current.IsOut);

        await CountAsync();
        _clock.Advance(new FreshnessOptions().LookInterval);

        Assert.True(await probing);
        Assert.Equal(TimeSpan.FromMilliseconds(800), _probe.Current!.Freshness);
        Assert.False(_probe.Current.IsOut);
    }

    [Fact]
    public async Task Probe_OfAStreamWithOldEvents_LeavesStreamTimeAlone()
    {
        await BeginAsync();
        Click(StreamTimeMs + 1000);
        await CountAsync();
        var before = _processor.WatermarkMs;

        var probing = _probe.ProbeAsync(CancellationToken.None);
        await CountAsync();
        await LookUntilDoneAsync(probing);

        Assert.True(await probing);
        Assert.Equal(before, _processor.WatermarkMs);
        Assert.Equal(0, _processor.Counters.LateDropped);
    }

    [Fact]
    public async Task Probe_AsItLiesOnTheLog_CostsNothingAndNamesNoCustomer()
    {
        await BeginAsync();
        Click(StreamTimeMs + 1000);
        await CountAsync();
        var probing = _probe.ProbeAsync(CancellationToken.None);
        await CountAsync();
        await LookUntilDoneAsync(probing);

        Assert.Equal(EventDefect.None, EventDecoder.Decode(_log.Last, out var view));
        Assert.Equal(ProbeIdentity.Id, System.Text.Encoding.UTF8.GetString(view.AdvertiserId));
        Assert.Equal(0, view.CostMicros);
        Assert.True(view.Currency.IsEmpty);
        Assert.True(view.UserId.IsEmpty);
        Assert.True(view.Ip.IsEmpty);
    }

    [Fact]
    public async Task Probe_ThatTheLogRefuses_StaysOutUntilOneComesThrough()
    {
        await BeginAsync();
        Click(StreamTimeMs + 1000);
        await CountAsync();
        _log.IsRefusing = true;
        Assert.False(await _probe.ProbeAsync(CancellationToken.None));
        _clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(TimeSpan.FromSeconds(40), _probe.Current!.Freshness);

        _log.IsRefusing = false;
        var probing = _probe.ProbeAsync(CancellationToken.None);
        await CountAsync();
        await LookUntilDoneAsync(probing);
        Assert.True(await probing);
        Assert.False(_probe.Current!.IsOut);
    }

    [Fact]
    public async Task Probe_ThatNeverAppears_IsGivenUpAndFollowedByAnother()
    {
        await BeginAsync();
        Click(StreamTimeMs + 1000);
        await CountAsync();
        var first = _probe.ProbeAsync(CancellationToken.None);
        await LookUntilDoneAsync(first, step: TimeSpan.FromMinutes(1));
        Assert.False(await first);
        Assert.True(_probe.Current!.IsOut);
        Assert.True(_probe.Current.Freshness >= new FreshnessOptions().GiveUpAfter);

        var second = _probe.ProbeAsync(CancellationToken.None);
        await CountAsync();
        await LookUntilDoneAsync(second);
        Assert.True(await second);
    }

    // The first look only notes what is there.
    private async Task BeginAsync()
    {
        Click(StreamTimeMs);
        await CountAsync();
        Assert.False(await _probe.ProbeAsync(CancellationToken.None));
    }

    private void Click(long timeMs)
    {
        var record = new byte[256];
        var view = new EventView
        {
            ClickId = System.Text.Encoding.UTF8.GetBytes($"clk_{_log.Count}"), EventTimeMs = timeMs, AdvertiserId = "adv_1"u8, CampaignId = "cmp_1"u8, AdId = "ad_1"u8,
        };
        _log.Append(record[..EventEncoder.Encode(view, record)]);
    }

    private async Task CountAsync()
    {
        var (batch, unit) = (new RecordBatch(), new CommitUnit());
        _log.Read(_processor.Position + 1, batch);
        _processor.Process(batch, unit);
        if (!unit.IsEmpty)
            await _analytics.PublishAsync([unit.Rows], 0, CancellationToken.None);
    }

    // What a timer wakes goes on elsewhere: the clock is moved until it has seen the row.
    private async Task LookUntilDoneAsync(Task probing, TimeSpan? step = null)
    {
        while (!probing.IsCompleted)
        {
            _clock.Advance(step ?? new FreshnessOptions().LookInterval);
            await Task.WhenAny(probing, Task.Run(() => Thread.Yield()));
        }
    }

    /// <summary>Tells when it was asked: a tick that nobody has looked at yet would be taken for a later one.</summary>
    private sealed class WatchedAnalytics : IAnalyticsStore
    {
        private readonly InMemoryAnalyticsStore _rows = new(TimeSpan.FromSeconds(15));
        private readonly Channel<AnalyticsAnswer> _looks = Channel.CreateUnbounded<AnalyticsAnswer>();

        public async Task LookedAsync(int times)
        {
            for (var i = 0; i < times; i++)
                await _looks.Reader.ReadAsync();
        }

        public ValueTask PublishAsync(IReadOnlyList<WindowRowSet> sets, long publishedAtMs, CancellationToken cancellationToken) =>
            _rows.PublishAsync(sets, publishedAtMs, cancellationToken);

        public async ValueTask<AnalyticsAnswer> QueryAsync(AnalyticsQuery query, CancellationToken cancellationToken)
        {
            var answer = await _rows.QueryAsync(query, cancellationToken);
            await _looks.Writer.WriteAsync(answer, cancellationToken);
            return answer;
        }
    }

    /// <summary>One partition in a list, that can refuse.</summary>
    private sealed class ProbedLog : IClickLog, ILogReader
    {
        private readonly List<byte[]> _records = [];

        public bool IsRefusing { get; set; }

        public int Count => _records.Count;

        public byte[] Last => _records[^1];

        public int PartitionCount => 1;

        public void Append(byte[] record) => _records.Add(record);

        public void Read(long from, RecordBatch batch)
        {
            for (var i = (int)from; i < _records.Count; i++)
                batch.Add(i, StreamTimeMs + 3_600_000, _records[i]);
        }

        public ValueTask<LogPosition> AppendAsync(Fingerprint id, ReadOnlySpan<byte> record, CancellationToken cancellationToken)
        {
            if (IsRefusing)
                throw new LogUnavailableException("The test's log refuses.");
            _records.Add(record.ToArray());
            return ValueTask.FromResult(new LogPosition(0, _records.Count - 1));
        }

        public LogRange GetRange(int partition) => new(0, _records.Count);

        public ValueTask ReadAsync(int partition, long fromSequence, int maxBytes, RecordBatch batch, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask WaitForAsync(int partition, long sequence, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
