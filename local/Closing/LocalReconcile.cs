using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Lake;
using ClickFuncs.Local.Hosting;
using ClickFuncs.Local.Lake;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Closing;

/// <summary>Closes a day of a data folder: through its running host, which owns the stores, or with the stores themselves when none runs.</summary>
internal sealed class LocalReconcile(DataDirectory directory, TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>Closes the day and writes the report that stands afterwards.</summary>
    /// <exception cref="InvalidOperationException">The close failed, or the day is not over; the message says why.</exception>
    public async Task RunAsync(DateOnly date, Stream output, CancellationToken cancellationToken)
    {
        CloseCalendar.RequireOver(date, time);
        var host = HostAddress.Find(directory);
        var status = host is null
            ? await CloseAsync(date, cancellationToken)
            : await new HostCloses(new HostRuns(directory, new Uri(host.Url), time)).RunAsync(date, cancellationToken);
        if (status.State != WorkflowState.Completed)
            throw new InvalidOperationException($"The close of {date:yyyy-MM-dd} ended as {status.State}. {status.Failure?.Message}");
        var outcome = status.ReadOutput<CloseOutcome>();
        if (outcome.Revision == 0)
            throw new InvalidOperationException($"There are no events of {date:yyyy-MM-dd} in {directory.Root}: there is nothing to close.");
        foreach (var alert in outcome.Alerts)
            await Console.Error.WriteLineAsync($"reconcile: alert '{alert}', see the report and docs/operations.md");
        await WriteReportAsync(date, outcome.Revision, output, cancellationToken);
    }

    private async Task<WorkflowStatus> CloseAsync(DateOnly date, CancellationToken cancellationToken)
    {
        var options = LocalOptionsReader.Read(directory);
        await using var node = await ClosingNode.OpenAsync(directory, options, partitions: null, time, loggers, cancellationToken);
        await node.StartAsync(cancellationToken);
        // What waits in the spool belongs to some day, and the close waits for it.
        node.Node.StartSpooling();
        var client = node.Workflows.Client;
        var id = DayCloseWorkflow.IdOf(date);
        var started = await client.StartAsync(
            new DayCloseWorkflow(options.Close), id, new CloseRequest(date), StartPolicy.AgainWhenEnded, cancellationToken);
        if (started.Outcome == StartOutcome.AlreadyRunning)
            await Console.Error.WriteLineAsync($"reconcile: going on with the close of {date:yyyy-MM-dd} that was begun {started.Status.CreatedAt:u}");
        return await new CloseProgressLine(time).FollowAsync(
            async token => await client.GetAsync(id, token) ?? throw new InvalidOperationException($"The run {id} is gone."), cancellationToken);
    }

    private async Task WriteReportAsync(DateOnly date, int revision, Stream output, CancellationToken cancellationToken)
    {
        var lake = new FolderLake(directory.Lake);
        var record = await new CloseRecords(lake).FindAsync(date, revision, cancellationToken)
            ?? throw new LakeFileMissingException($"the record of revision {revision} of {date:yyyy-MM-dd}");
        var report = await lake.OpenReadAsync($"{record.Reports}reconciliation.json", cancellationToken);
        await using (report)
            await report.CopyToAsync(output, cancellationToken);
    }
}
