using ClickFuncs.Analytics;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Log;
using ClickFuncs.Processing;
using ClickFuncs.Testing.Events;

namespace ClickFuncs.Batch.Tests.Close;

/// <summary>A log of one partition with the product's own stream behind it, which publishes when it is told to; and its archive, which is always up to date.</summary>
internal sealed class PublishingStream(ArchiveRig archive, IAnalyticsStore store, ProcessorOptions options) : IStreamProgress
{
    private readonly LogOfEvents _log = new(1);
    private readonly PartitionProcessor _processor = new(0, options);
    private readonly CommitUnit _unit = new();
    private readonly RecordBatch _batch = new();
    private long _published = -1;

    /// <summary>Appends events; the stream has not seen them yet.</summary>
    public void Append(params TestEvent[] events) => _log.Append(0, events);

    /// <summary>Counts and publishes everything on the log.</summary>
    public async Task PublishAsync()
    {
        _batch.Clear();
        for (var i = (int)_processor.Position + 1; i < _log[0].Count; i++)
            _batch.Add(i, _log[0][i].TimeMs + _log[0][i].ArrivalDelayMs, _log[0][i].Encode());
        _processor.Process(_batch, _unit);
        await store.PublishAsync([_unit.Rows], 0, CancellationToken.None);
        _published = _processor.Position;
    }

    public ValueTask<IReadOnlyList<PartitionProgress>> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<PartitionProgress>>(
        [new PartitionProgress(0, _log[0].Count - 1, _log[0].Count - 1, _published, _processor.WatermarkMs)]);

    public async ValueTask FlushArchiveAsync(CancellationToken cancellationToken) => await archive.CaptureAllAsync(_log);
}
