using System.Collections.Concurrent;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Batch.Workflows.Journal;
using ClickFuncs.Testing.State;

namespace ClickFuncs.Testing.Workflows;

/// <summary>
/// Random workflows, killed before and after every single write to their journal and run on by a new runner: they end as if
/// nothing had happened, every effect is there, and what the journal has as done is not done again. A failure names its seed
/// and where it was killed. More seeds: set CLICKFUNCS_SEEDS.
/// </summary>
public abstract class WorkflowCrashContract
{
    private static CancellationToken Never => CancellationToken.None;

    /// <summary>Random workflows unless CLICKFUNCS_SEEDS says otherwise.</summary>
    protected abstract int Seeds { get; }

    /// <summary>A journal of its own, to be opened again and again over what is stored.</summary>
    protected abstract Func<IWorkflowJournal> NewStore();

    [Fact]
    public async Task Run_KilledAtAnyWrite_EndsAsIfNothingHadHappened()
    {
        var seeds = int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_SEEDS"), out var set) ? set : Seeds;
        var deaths = 0;
        for (var seed = 0; seed < seeds; seed++)
        {
            var plan = Plan.Random(new Random(seed));
            var undisturbed = new CrashingHook(at: 0);
            Assert.Equal(0, await RunAsync(plan, undisturbed, $"seed {seed}, undisturbed"));
            for (var at = 1; at <= undisturbed.Passed; at++)
                deaths += await RunAsync(plan, new CrashingHook(at), $"seed {seed}, point {at}");
        }

        // There must have been something to survive.
        Assert.True(deaths > seeds * 10, $"only {deaths} deaths");
    }

    private async Task<int> RunAsync(Plan plan, CrashingHook hook, string what)
    {
        var world = new World();
        await using var rig = new WorkflowRig(new WorkflowCatalog().Add(new PlanWorkflow()), NewStore()) { Hook = hook, Options = new WorkflowOptions { Parallelism = 4 } };
        rig.Catalog.Bind(PlanWorkflow.Effect, (call, context) => world.ActAsync(rig.Journal, call, context));
        await rig.StartAsync();
        var ended = TryRunAsync();
        await rig.PassTimeAsync(Task.WhenAny(ended, hook.Died));
        if (hook.Died.IsCompleted)
        {
            rig.Hook = null;
            await rig.StopAsync();
            await rig.StartAsync();
            ended = TryRunAsync();
        }

        var status = await rig.PassTimeAsync(ended);
        Assert.True(status != null, $"{what}: it did not end");
        Assert.True(status.State == WorkflowState.Completed, $"{what}, {hook.Point}: {status.Failure}");
        Assert.True(plan.Expected() == status.ReadOutput<string>(), $"{what}, {hook.Point}: expected {plan.Expected()}, got {status.Output}");
        Assert.True(world.DoneAgain.IsEmpty, $"{what}, {hook.Point}: done again though the journal had it: {string.Join(", ", world.DoneAgain)}");
        var expected = plan.Calls().Where(call => call.Number < Plan.Attempts).Select(call => call.Key).Order(StringComparer.Ordinal);
        Assert.True(expected.SequenceEqual(world.Effects.Keys.Order(StringComparer.Ordinal)), $"{what}, {hook.Point}: effects {string.Join(", ", world.Effects.Keys)}");
        return hook.Died.IsCompleted ? 1 : 0;

        // Whoever starts a run asks again when it got no answer.
        async Task<WorkflowStatus?> TryRunAsync()
        {
            try
            {
                await rig.Runner.StartAsync(new PlanWorkflow(), "run", plan, StartPolicy.OnlyOnce, Never);
                return await rig.Runner.WaitAsync("run", Never);
            }
            catch (Exception failure) when (failure is SimulatedCrashException or InvalidOperationException && hook.Died.IsCompleted)
            {
                return null;
            }
        }
    }

    /// <summary>What the activities touch. Acting twice under one id is acting once.</summary>
    private sealed class World
    {
        public ConcurrentDictionary<string, Guid> Effects { get; } = new();

        public ConcurrentQueue<string> DoneAgain { get; } = new();

        public async Task<string> ActAsync(IWorkflowJournal journal, PlanCall call, ActivityContext context)
        {
            var entries = await journal.ReadAsync(new ExecutionKey(context.InstanceId, context.Execution), CancellationToken.None);
            if (entries.Any(entry => entry.Step == context.Step && entry.Kind is JournalEntryKind.StepCompleted or JournalEntryKind.StepFailed))
                DoneAgain.Enqueue($"{call.Key} in {context.InstanceId}");
            if (context.Attempt <= call.Failures)
                throw new InvalidDataException($"{call.Key} fails for the {context.Attempt}. time");
            var id = Effects.GetOrAdd(call.Key, call.Id);
            return id == call.Id ? $"{call.Key} in {context.Attempt}" : $"{call.Key} was done under another id";
        }
    }
}
