using ClickFuncs.Api.SignIn;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Local.Hosting;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Closing;

/// <summary>Runs what is scheduled, now: through the running host of a data folder, which owns the stores, or with the stores themselves when none runs.</summary>
internal sealed class LocalRun(DataDirectory directory, TimeProvider time, ILoggerFactory loggers)
{
    /// <summary>Starts the run, or finds the one under way, and follows it to its end.</summary>
    /// <exception cref="InvalidOperationException">The host refused; the message is its explanation.</exception>
    public async Task<WorkflowStatus> RunAsync(string schedule, CancellationToken cancellationToken) => HostAddress.Find(directory) is { } host
        ? await new HostRuns(directory, new Uri(host.Url), time, Roles.Operator).RunAsync<object?>(
            $"operations/schedules/{schedule}/runs", null, outcome => outcome.GetRawText(), cancellationToken)
        : await RunHereAsync(schedule, cancellationToken);

    private async Task<WorkflowStatus> RunHereAsync(string name, CancellationToken cancellationToken)
    {
        var options = LocalOptionsReader.Read(directory);
        var schedule = LocalWorkflows.Schedules(options).Single(schedule => schedule.Name == name);
        await using var node = await ClosingNode.OpenAsync(directory, options, partitions: null, time, loggers, cancellationToken);
        await node.StartAsync(cancellationToken);
        // What a run of now can do depends on how far the stream is.
        await node.Node.WaitUntilCountedAsync(cancellationToken);
        var started = await schedule.StartNowAsync(node.Workflows.Client, time.GetUtcNow(), cancellationToken);
        if (started.Outcome == StartOutcome.AlreadyRunning)
            await Console.Error.WriteLineAsync($"run: going on with the one that was begun {started.Status.CreatedAt:u}");
        return await node.Workflows.Client.WaitAsync(started.Status.InstanceId, cancellationToken);
    }
}
