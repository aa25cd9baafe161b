using ClickFuncs.Batch.Workflows;
using ClickFuncs.Batch.Workflows.Journal;
using ClickFuncs.Testing.Workflows;

namespace ClickFuncs.Functions.Tests.Workflows;

/// <summary>The Durable adapter makes the calls that the embedded runner makes, in the same order.</summary>
public sealed class DurableReplayTests
{
    private static CancellationToken Never => CancellationToken.None;

    [Fact]
    public async Task RandomWorkflows_FedWithTheEmbeddedRunnersEvents_MakeItsCallsInItsOrder()
    {
        var compared = 0;
        var failures = 0;
        for (var seed = 0; seed < 150; seed++)
        {
            var journal = new InMemoryWorkflowJournal();
            await using var rig = new WorkflowRig(Catalog(), () => journal) { Options = new WorkflowOptions { Parallelism = 4 } };
            await rig.StartAsync();
            await rig.Runner.StartAsync(new PlanWorkflow(), "run", Plan.Random(new Random(seed)), StartPolicy.OnlyOnce, Never);
            Assert.Equal(WorkflowState.Completed, (await rig.RunToEndAsync("run")).State);
            foreach (var status in (await rig.Runner.ListAsync("", 1000, null, Never)).Runs)
            {
                var run = (await rig.Journal.FindAsync(status.InstanceId, Never))!;
                var entries = await rig.ReadJournalAsync(status.InstanceId);
                failures += entries.Count(entry => entry.Kind == JournalEntryKind.AttemptFailed);
                compared += JournalFeed.Check(rig.Catalog, run, entries);
            }
        }

        // There must have been something to compare.
        Assert.True(compared > 1500 && failures > 50, $"{compared} calls, {failures} failed tries");
    }

    [Fact]
    public async Task AnotherOrder_IsNoticed()
    {
        var journal = new InMemoryWorkflowJournal();
        await using var rig = new WorkflowRig(Catalog().Add(TwoCalls("a", "b")), () => journal);
        await rig.StartAsync();
        await rig.Runner.StartAsync(TwoCalls("a", "b"), "run", 0, StartPolicy.OnlyOnce, Never);
        await rig.RunToEndAsync("run");
        var run = (await journal.FindAsync("run", Never))!;
        var entries = await rig.ReadJournalAsync("run");
        Assert.Equal(2, JournalFeed.Check(rig.Catalog, run, entries));
        Assert.ThrowsAny<Exception>(() => JournalFeed.Check(Catalog().Add(TwoCalls("b", "a")), run, entries));
    }

    private static Script<int, int> TwoCalls(string first, string second) => new("two", async (context, _) =>
    {
        await context.CallAsync(PlanWorkflow.Effect, new PlanCall(first, 0, default, default));
        await context.CallAsync(PlanWorkflow.Effect, new PlanCall(second, 0, default, default));
        return 0;
    });

    private static WorkflowCatalog Catalog() => new WorkflowCatalog().Add(new PlanWorkflow()).Bind(PlanWorkflow.Effect, PlanEffect.RunAsync);
}
