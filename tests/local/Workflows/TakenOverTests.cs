using ClickFuncs.Batch.Workflows;
using ClickFuncs.Testing.Time;
using ClickFuncs.Testing.Workflows;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Local.Tests.Workflows;

/// <summary>A runner whose journal was taken from it.</summary>
public sealed class TakenOverTests
{
    [Fact]
    public async Task Runner_WhoseJournalWasTaken_StopsEverythingAndRefusesWork()
    {
        using var folder = new WorkflowFolder();
        using var journal = folder.Open();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var activity = new Activity<int, int>("act");
        var workflow = new Script<int, int>("test", async (context, number) => await context.CallAsync(activity, number));
        var catalog = new WorkflowCatalog().Add(workflow).Bind(activity, async (number, context) =>
        {
            entered.TrySetResult();
            await gate.Task.WaitAsync(context.CancellationToken);
            return number;
        });
        await using var runner = new WorkflowRunner(catalog, journal, new WorkflowOptions(), new ManualClock(), NullLogger<WorkflowRunner>.Instance);
        await runner.StartAsync(workflow, "a", 1, StartPolicy.OnlyOnce, CancellationToken.None);
        await entered.Task;
        var waiting = runner.WaitAsync("a", CancellationToken.None);
        using (var thief = new SqliteConnection($"Data Source={folder.File};Pooling=False"))
        {
            thief.Open();
            using var command = thief.CreateCommand();
            command.CommandText = "UPDATE owner SET token = token + 1";
            command.ExecuteNonQuery();
        }

        gate.SetResult();
        await Assert.ThrowsAsync<InvalidOperationException>(() => waiting);
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => runner.StartAsync(workflow, "b", 1, StartPolicy.OnlyOnce, CancellationToken.None));
        Assert.Contains("Another process has opened workflows.db", refusal.Message, StringComparison.Ordinal);
    }
}
