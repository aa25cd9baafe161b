using ClickFuncs.Analytics;
using ClickFuncs.Batch.Backfill;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Functions.Kusto;
using ClickFuncs.Functions.Tests.Kusto;
using ClickFuncs.Functions.Workflows;
using ClickFuncs.Processing;
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
        var durable = new LateClickStream(new KustoAnalytics(new PlainKusto(), new KustoOptions { Slices = 2 }, TimeSpan.FromSeconds(15)), new ArchiveRig());
        var embedded = new LateClickStream(new InMemoryAnalyticsStore(TimeSpan.FromSeconds(15)), new ArchiveRig());
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
    private static string Describe(BackfillOutcome outcome, LateClickStream stream) => string.Join('\n', [
        $"{outcome.From} {outcome.To} {outcome.Applied} {outcome.Staged is not null} {outcome.Difference.Rows}", .. outcome.Difference.Totals.Select(total => $"{total}"),
        .. outcome.Partitions.Select(partition => $"{partition}"), Convert.ToHexString(stream.Lake(outcome.Difference.Details))]);
}
