using ClickFuncs.Analytics;
using ClickFuncs.Batch.Backfill;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Batch.Tests.Close;
using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Processing;
using ClickFuncs.Testing.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Functions.Tests.Workflows;

/// <summary>Three hours of one partition, of which the stream has left one late click out; with more patience it counts.</summary>
/// <param name="analytics">Where it publishes.</param>
/// <param name="archive">Its archive.</param>
internal sealed class LateClickStream(IAnalyticsStore analytics, ArchiveRig archive)
{
    private const long Midnight = 1_782_864_000_000;

    private readonly PublishingStream _stream = new(archive, analytics, new ProcessorOptions());

    public ArchiveRig Archive => archive;

    public IStreamProgress Progress => _stream;

    public IAnalyticsStaging Staging => (IAnalyticsStaging)analytics;

    public byte[] Lake(string path) => archive.Lake[path];

    public async Task PlayAsync()
    {
        var click = new TestEvent { ClickId = "clk_1", TimeMs = Midnight + 60_000 };
        _stream.Append(
            click, click with { ClickId = "clk_2", TimeMs = Midnight + (40 * 60_000) }, click with { ClickId = "clk_late", TimeMs = Midnight + 120_000, ArrivalDelayMs = 39 * 60_000 },
            click with { ClickId = "clk_end", TimeMs = Midnight + (3 * Granularities.HourMs) });
        await _stream.PublishAsync();
    }

    public WorkflowCatalog Catalog()
    {
        var catalog = new WorkflowCatalog();
        new BackfillActivities(
            new BackfillStores(archive.Lake, archive.Hub, Staging, _stream, (IAnalyticsTruth)analytics), ReplayPolicy.Of(new ProcessorOptions()), new ScratchOptions(),
            NullLogger<BackfillActivities>.Instance).Bind(catalog, new CloseOptions());
        return catalog;
    }

    public async Task<long> ClicksAsync() => (await QueryAsync(Granularity.Hour)).Points.Sum(point => point.Metrics.Clicks);

    public async Task<string> AnswersAsync()
    {
        var answers = new List<string>();
        foreach (var granularity in Enum.GetValues<Granularity>())
            answers.AddRange((await QueryAsync(granularity)).Points.Select(point => $"{granularity} {point.StartMs} {point.Metrics}"));
        return string.Join('\n', answers);
    }

    private async Task<AnalyticsAnswer> QueryAsync(Granularity granularity) => await analytics.QueryAsync(
        new AnalyticsQuery { AdvertiserId = "adv_1", FromMs = Midnight, ToMs = Midnight + (granularity == Granularity.Hour ? Granularities.HourMs : Granularities.DayMs), Granularity = granularity },
        CancellationToken.None);
}
