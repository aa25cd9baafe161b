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
            new BackfillStores(node.Lake, options.Archive.ToHub(), node.Analytics, new LocalStreamProgress(node), node.Analytics),
            ReplayPolicy.Of(options.Processor),
            LocalClose.ScratchOf(directory, options),
            loggers.CreateLogger<BackfillActivities>()).Bind(catalog, options.Close);

    /// <summary>Counts the range again by the settings of now, those of the host if one runs, and does with the result what is asked for.</summary>
    /// <exception cref="ArgumentException">The range is not whole hours.</exception>
    /// <exception cref="InvalidOperationException">The backfill failed, or the host refused it; the message says why.</exception>
    public async Task<BackfillOutcome> RunAsync(DateTimeOffset from, DateTimeOffset to, BackfillEnd end, CancellationToken cancellationToken)
    {
        var options = LocalOptionsReader.Read(directory);
        var request = new BackfillRequest(from, to, end, ReplayPolicy.Of(options.Processor));
        request.CheckRange();
        var status = HostAddress.Find(directory) is { } host
            ? await new HostBackfills(new HostRuns(directory, new Uri(host.Url), time)).RunAsync(from, to, end, cancellationToken)
            : await RunHereAsync(request, options, cancellationToken);
        return OutcomeOf(status);
    }

    /// <summary>Applies or discards the result that a run of the range has kept.</summary>
    /// <exception cref="InvalidOperationException">None is kept, or it failed; the message says why.</exception>
    public async Task<BackfillOutcome> DecideAsync(DateTimeOffset from, DateTimeOffset to, BackfillEnd end, CancellationToken cancellationToken)
    {
        var options = LocalOptionsReader.Read(directory);
        var request = new BackfillRequest(from, to, end, ReplayPolicy.Of(options.Processor));
        request.CheckRange();
        return OutcomeOf(HostAddress.Find(directory) is { } host
            ? await new HostBackfills(new HostRuns(directory, new Uri(host.Url), time)).DecideAsync(request.Id, end, cancellationToken)
            : await DecideHereAsync(request, options, cancellationToken));
    }

    private static BackfillOutcome OutcomeOf(WorkflowStatus status) => status.State == WorkflowState.Completed
        ? status.ReadOutput<BackfillOutcome>()
        : throw new InvalidOperationException($"The backfill ended as {status.State}. {status.Failure?.Message}");

    private async Task<WorkflowStatus> DecideHereAsync(BackfillRequest request, LocalOptions options, CancellationToken cancellationToken)
    {
        await using var node = await ClosingNode.OpenAsync(directory, options, partitions: null, time, loggers, cancellationToken);
        await node.StartAsync(cancellationToken);
        var run = await node.Workflows.Client.GetAsync(request.Id, cancellationToken);
        if (run is not { State: WorkflowState.Completed } || run.ReadOutput<BackfillOutcome>() is not { Staged: not null } kept)
            throw new InvalidOperationException("Nothing is kept of this range: 'canary start' counts it and keeps the result, for seven days.");
        var asked = WorkflowJson.Read<BackfillRequest>(run.Input, $"the input of '{run.InstanceId}'");
        return await FollowAsync(node.Workflows.Client, asked with { End = request.End, Kept = kept }, new BackfillWorkflow(options.Close), cancellationToken);
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
