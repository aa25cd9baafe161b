using ClickFuncs.Batch.Backfill;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Local.Hosting;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Closing;

/// <summary>Backfills a range of a data folder: through its running host, which owns the stores, or with the stores themselves when none runs.</summary>
internal sealed class LocalBackfill(DataDirectory directory, TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>Adds the backfill to a catalog of workflows.</summary>
    public static void Bind(WorkflowCatalog catalog, LocalNode node, DataDirectory directory, LocalOptions options, ILoggerFactory loggers) =>
        new BackfillActivities(
            new BackfillStores(node.Lake, options.Archive.ToHub(), node.Analytics, new LocalStreamProgress(node)),
            ReplayPolicy.Of(options.Processor),
            LocalClose.ScratchOf(directory, options),
            loggers.CreateLogger<BackfillActivities>()).Bind(catalog, options.Close);

    /// <summary>Counts the range again by the settings of now, those of the host if one runs, and swaps the result in if that is asked for.</summary>
    /// <exception cref="ArgumentException">The range is not whole hours.</exception>
    /// <exception cref="InvalidOperationException">The backfill failed, or the host refused it; the message says why.</exception>
    public async Task<BackfillOutcome> RunAsync(DateTimeOffset from, DateTimeOffset to, bool apply, CancellationToken cancellationToken)
    {
        var options = LocalOptionsReader.Read(directory);
        var request = new BackfillRequest(from, to, apply ? BackfillEnd.Apply : BackfillEnd.Discard, ReplayPolicy.Of(options.Processor));
        request.CheckRange();
        var status = HostAddress.Find(directory) is { } host
            ? await new HostBackfills(new HostRuns(directory, new Uri(host.Url), time)).RunAsync(from, to, apply, cancellationToken)
            : await RunHereAsync(request, options, cancellationToken);
        return status.State == WorkflowState.Completed
            ? status.ReadOutput<BackfillOutcome>()
            : throw new InvalidOperationException($"The backfill ended as {status.State}. {status.Failure?.Message}");
    }

    private async Task<WorkflowStatus> RunHereAsync(BackfillRequest request, LocalOptions options, CancellationToken cancellationToken)
    {
        await using var node = await ClosingNode.OpenAsync(directory, options, partitions: null, time, loggers, cancellationToken);
        await node.StartAsync(cancellationToken);
        return await FollowAsync(node.Workflows.Client, request, new BackfillWorkflow(options.Close), cancellationToken);
    }

    private async Task<WorkflowStatus> FollowAsync(
        IWorkflowClient client, BackfillRequest request, BackfillWorkflow workflow, CancellationToken cancellationToken)
    {
        while (true)
        {
            var started = await client.StartAsync(workflow, request.Id, request, StartPolicy.AgainWhenEnded, cancellationToken);
            if (started.Outcome == StartOutcome.AlreadyRunning)
                await Console.Error.WriteLineAsync($"backfill: going on with the one of this range that was begun {started.Status.CreatedAt:u}");
            var ended = await new CloseProgressLine(time).FollowAsync(
                async token => await client.GetAsync(request.Id, token) ?? throw new InvalidOperationException($"The run {request.Id} is gone."), cancellationToken);

            // One that was interrupted may have been asked for something else: to apply or not, or by other settings.
            if (started.Outcome != StartOutcome.AlreadyRunning || IsSame(started.Status, request))
                return ended;
            await Console.Error.WriteLineAsync("backfill: that one was asked for otherwise; now this one");
        }
    }

    private static bool IsSame(WorkflowStatus run, BackfillRequest request) =>
        WorkflowJson.Read<BackfillRequest>(run.Input, $"the input of '{run.InstanceId}'") == request;
}
