using ClickFuncs.Analytics;
using ClickFuncs.Batch.Backfill;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Batch.Tests.Close;
using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Functions.Kusto;
using ClickFuncs.Functions.Tests.Kusto;
using ClickFuncs.Functions.Workflows;
using ClickFuncs.Processing;
using ClickFuncs.Testing.Events;
using ClickFuncs.Testing.Workflows;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Functions.Tests.Workflows;

/// <summary>
/// A backfill as the Azure app runs it, on the vendor's Durable worker and in-process host and over Kusto's adapter, beside the embedded runner over a store in
/// memory: the same archive comes to the same outcomes, the same differences byte for byte, and the same answers.
/// </summary>
public sealed class BackfillTests
{
    private const long Midnight = 1_782_864_000_000;

    // With more patience than the stream had: the late click counts.
    private static readonly BackfillRequest Hour = new(
        DateTimeOffset.FromUnixTimeMilliseconds(Midnight), DateTimeOffset.FromUnixTimeMilliseconds(Midnight + Granularities.HourMs), BackfillEnd.Keep,
        ReplayPolicy.Of(new ProcessorOptions { AllowedLateness = TimeSpan.FromHours(1) }));

    private static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromSeconds(120)).Token;

    [Fact]
    public async Task Backfill_OnDurable_ComesToTheOutcomesAndAnswersOfTheEmbeddedRunner()
    {
        var durable = new Stream(new KustoAnalytics(new PlainKusto(), new KustoOptions { Slices = 2 }, TimeSpan.FromSeconds(15)));
        var embedded = new Stream(new InMemoryAnalyticsStore(TimeSpan.FromSeconds(15)));
        await durable.PlayAsync();
        await embedded.PlayAsync();
        var hosted = durable.Catalog();
        await using var host = await DurableHost.StartAsync(hosted);
        var onDurable = new DurableWorkflowClient(host.Client, hosted);
        await using var runner = new WorkflowRunner(
            embedded.Catalog(), new InMemoryWorkflowJournal(), new WorkflowOptions(), TimeProvider.System, NullLogger<WorkflowRunner>.Instance);
        await runner.ResumeAsync(Patience);

        // Kept and discarded, which changes nothing; then kept, applied, and counted once more to find no difference.
        var clicks = new List<(long, long)>();
        var (keptThere, keptHere) = (default(BackfillOutcome), default(BackfillOutcome));
        foreach (var end in new[] { BackfillEnd.Keep, BackfillEnd.Discard, BackfillEnd.Keep, BackfillEnd.Apply, BackfillEnd.Apply })
        {
            keptThere = await RunAsync(onDurable, Hour with { End = end, Kept = keptThere?.Staged is null ? null : keptThere });
            keptHere = await RunAsync(runner, Hour with { End = end, Kept = keptHere?.Staged is null ? null : keptHere });
            Assert.Equal(Describe(keptHere, embedded), Describe(keptThere, durable));
            Assert.Equal(await embedded.AnswersAsync(), await durable.AnswersAsync());
            clicks.Add((await durable.ClicksAsync(), keptThere.Difference.Rows));
        }

        Assert.Equal([(2, 1), (2, 1), (2, 1), (3, 1), (3, 0)], clicks);
        Assert.Empty(await durable.Staging.ListAreasAsync(CancellationToken.None));
    }

    private static async Task<BackfillOutcome> RunAsync(IWorkflowClient client, BackfillRequest request)
    {
        await client.StartAsync(new BackfillWorkflow(new CloseOptions()), request.Id, request, StartPolicy.AgainWhenEnded, Patience);
        var ended = client is WorkflowRunner runner ? await runner.WaitAsync(request.Id, Patience) : await ((DurableWorkflowClient)client).WaitAsync(request.Id, Patience);
        Assert.True(ended.State == WorkflowState.Completed, ended.Failure?.Message);
        return ended.ReadOutput<BackfillOutcome>();
    }

    // But for the random name of the run.
    private static string Describe(BackfillOutcome outcome, Stream stream) => string.Join('\n', [
        $"{outcome.From} {outcome.To} {outcome.Applied} {outcome.Staged is not null} {outcome.Difference.Rows}", .. outcome.Difference.Totals.Select(total => $"{total}"),
        .. outcome.Partitions.Select(partition => $"{partition}"), Convert.ToHexString(stream.Lake(outcome.Difference.Details))]);

    /// <summary>Three hours of one partition, of which the stream has left one late click out.</summary>
    private sealed class Stream(IAnalyticsStore analytics)
    {
        private readonly ArchiveRig _archive = new();
        private PublishingStream? _stream;

        public IAnalyticsStaging Staging => (IAnalyticsStaging)analytics;

        public byte[] Lake(string path) => _archive.Lake[path];

        public async Task PlayAsync()
        {
            _stream = new PublishingStream(_archive, analytics, new ProcessorOptions());
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
                new BackfillStores(_archive.Lake, _archive.Hub, Staging, _stream!, (IAnalyticsTruth)analytics), ReplayPolicy.Of(new ProcessorOptions()), new ScratchOptions(),
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
}
