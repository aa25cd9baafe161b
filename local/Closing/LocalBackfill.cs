using ClickFuncs.Batch.Backfill;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Local.Hosting;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Closing;

/// <summary>Backfills a range of a data folder that no host runs on.</summary>
internal sealed class LocalBackfill(DataDirectory directory, TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>Adds the backfill to a catalog of workflows.</summary>
    public static void Bind(WorkflowCatalog catalog, LocalNode node, DataDirectory directory, LocalOptions options, ILoggerFactory loggers) =>
        new BackfillActivities(
            new BackfillStores(node.Lake, options.Archive.ToHub(), node.Analytics, new LocalStreamProgress(node)),
            ReplayPolicy.Of(options.Processor),
            LocalClose.ScratchOf(directory, options),
            loggers.CreateLogger<BackfillActivities>()).Bind(catalog, options.Close);

    /// <summary>Counts the range again by the settings of now, and swaps the result in if that is asked for.</summary>
    /// <exception cref="ArgumentException">The range is not whole hours.</exception>
    /// <exception cref="InvalidOperationException">A host runs on the folder, or the backfill failed; the message says why.</exception>
    public async Task<BackfillOutcome> RunAsync(DateTimeOffset from, DateTimeOffset to, bool apply, CancellationToken cancellationToken)
    {
        var options = LocalOptionsReader.Read(directory);
        var request = new BackfillRequest(from, to, apply, ReplayPolicy.Of(options.Processor));
        request.CheckRange();
        if (HostAddress.Find(directory) is { } host)
            throw new InvalidOperationException($"A host runs on {directory.Root} at {host.Url}, and a backfill needs the folder for itself. Stop the host, run the backfill, and start the host again.");
        await using var node = await ClosingNode.OpenAsync(directory, options, partitions: null, time, loggers, cancellationToken);
        await node.StartAsync(cancellationToken);
        var status = await FollowAsync(node.Workflows.Client, request, new BackfillWorkflow(options.Close), cancellationToken);
        return status.State == WorkflowState.Completed
            ? status.ReadOutput<BackfillOutcome>()
            : throw new InvalidOperationException($"The backfill ended as {status.State}, and nothing was changed. {status.Failure?.Message}");
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
