using System.Diagnostics;
using System.Globalization;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Local.Workflows;
using ClickFuncs.Testing.Workflows;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Bench.Workflows;

/// <summary>
/// What a durable step costs beside its work, and how long a long run takes to resume: steps that do nothing, one after the other
/// and fanned out, then a replay of the longer journal. Arguments: steps (default 2000), folder (default: temporary).
/// </summary>
internal static class WorkflowBench
{
    private static readonly Activity<int, int> Nothing = new("nothing");

    public static async Task Run(string[] args)
    {
        var steps = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2000;
        var root = args.Length > 1 ? args[1] : Path.Combine(Path.GetTempPath(), $"clickfuncs-bench-{Environment.ProcessId}");
        Directory.CreateDirectory(root);
        try
        {
            await MeasureAsync(root, "one after the other", steps, width: 1);
            await MeasureAsync(root, "64 at a time", steps, width: 64);
            await ResumeAsync(root, steps);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task MeasureAsync(string root, string what, int steps, int width)
    {
        using var journal = new SqliteWorkflowJournal(Path.Combine(root, "workflows.db"));
        var workflow = new Script<int, int>("steps", async (context, count) =>
            (await context.FanOutAsync([.. Enumerable.Range(0, count)], width, Nothing)).Count);
        await using var runner = Runner(journal, workflow);
        var started = Stopwatch.GetTimestamp();
        await runner.StartAsync(workflow, $"width-{width}", steps, StartPolicy.OnlyOnce, CancellationToken.None);
        await runner.WaitAsync($"width-{width}", CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(started);
        Console.WriteLine(FormattableString.Invariant(
            $"{steps} steps, {what}: {steps / took.TotalSeconds:N0} steps/s, {took.TotalMilliseconds / steps:N2} ms each"));
    }

    private static async Task ResumeAsync(string root, int steps)
    {
        using var journal = new SqliteWorkflowJournal(Path.Combine(root, "workflows.db"));
        var resumed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var workflow = new Script<int, int>("steps", async (context, count) =>
        {
            await context.FanOutAsync([.. Enumerable.Range(0, count)], 64, Nothing);
            resumed.TrySetResult();
            await context.DelayUntilAsync(context.Now.AddDays(1));
            return count;
        });
        await using (var runner = Runner(journal, workflow))
        {
            await runner.StartAsync(workflow, "resumed", steps, StartPolicy.OnlyOnce, CancellationToken.None);
            await resumed.Task;
        }

        resumed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = Stopwatch.GetTimestamp();
        await using var second = Runner(journal, workflow);
        await second.ResumeAsync(CancellationToken.None);
        await resumed.Task;
        Console.WriteLine(FormattableString.Invariant($"resume after {steps} steps: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:N0} ms"));
    }

    private static WorkflowRunner Runner(SqliteWorkflowJournal journal, Workflow<int, int> workflow) => new(
        new WorkflowCatalog().Add(workflow).Bind(Nothing, (number, _) => Task.FromResult(number)),
        journal, new WorkflowOptions(), TimeProvider.System, NullLogger<WorkflowRunner>.Instance);
}
