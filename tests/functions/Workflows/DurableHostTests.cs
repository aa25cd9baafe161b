using ClickFuncs.Batch.Workflows;
using ClickFuncs.Functions.Workflows;
using ClickFuncs.Testing.Workflows;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Functions.Tests.Workflows;

/// <summary>Workflows on the vendor's own Durable worker and client, against its in-process host.</summary>
public sealed class DurableHostTests : IAsyncLifetime
{
    private static readonly Activity<int, int> Broken = new("broken", new Batch.Workflows.RetryPolicy { Attempts = 5, FirstDelay = TimeSpan.Zero });
    private static readonly Script<int, int> Failing = new("failing", (context, input) => context.CallAsync(Broken, input));
    private static readonly Script<int, int> Endless = new("endless", async (context, input) =>
    {
        context.SetStatus(new { Phase = "waiting" });
        await context.DelayUntilAsync(context.Now.AddHours(1));
        return input;
    });

    private readonly WorkflowCatalog _catalog = new();
    private int _tries;
    private DurableTaskTestHost _host = null!;

    private static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    private DurableWorkflowClient Client => new(_host.Client, _catalog);

    public async Task InitializeAsync()
    {
        _catalog.Add(new PlanWorkflow()).Add(Failing).Add(Endless).Bind(PlanWorkflow.Effect, PlanEffect.RunAsync).Bind(Broken, (_, _) =>
        {
            _tries++;
            return Task.FromException<int>(new NonRetryableException("out of order"));
        });
        _host = await DurableHost.StartAsync(_catalog);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task RandomWorkflows_OnTheVendorsHost_EndAsWorkedOutWithoutAnyRunner()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            // Time is real there: timers of seconds and rests of tries are left out.
            var plan = WithoutWaiting(Plan.Random(new Random(seed)));
            var started = await Client.StartAsync(new PlanWorkflow(), $"run-{seed}", plan, StartPolicy.OnlyOnce, Patience);
            Assert.Equal((StartOutcome.Started, 1), (started.Outcome, started.Status.Execution));
            var ended = await Client.WaitAsync($"run-{seed}", Patience);
            Assert.True(ended.State == WorkflowState.Completed, $"seed {seed}: {ended.Failure}");
            Assert.Equal(plan.Expected(), ended.ReadOutput<string>());
        }
    }

    [Fact]
    public async Task Start_OfAnEndedId_ObeysThePolicyAndCountsExecutions()
    {
        var plan = new Plan(PlanKind.Call, "a", 0, []);
        await Client.StartAsync(new PlanWorkflow(), "day", plan, StartPolicy.OnlyOnce, Patience);
        await Client.WaitAsync("day", Patience);
        Assert.Equal(StartOutcome.AlreadyEnded, (await Client.StartAsync(new PlanWorkflow(), "day", plan, StartPolicy.OnlyOnce, Patience)).Outcome);
        var again = await Client.StartAsync(new PlanWorkflow(), "day", plan, StartPolicy.AgainWhenEnded, Patience);
        Assert.Equal((StartOutcome.Started, 2), (again.Outcome, again.Status.Execution));
        Assert.Equal(2, (await Client.WaitAsync("day", Patience)).Execution);
    }

    [Fact]
    public async Task Start_OfAnIdUnderWay_LeavesItAlone_AndCancelEndsIt()
    {
        await Client.StartAsync(Endless, "long", 7, StartPolicy.AgainWhenEnded, Patience);
        await _host.Client.WaitForInstanceStartAsync("long", Patience);
        Assert.Equal(StartOutcome.AlreadyRunning, (await Client.StartAsync(Endless, "long", 8, StartPolicy.AgainWhenEnded, Patience)).Outcome);
        Assert.True(await Client.CancelAsync("long", "wrong day", Patience));
        var ended = await Client.WaitAsync("long", Patience);
        Assert.Equal((WorkflowState.Cancelled, "wrong day"), (ended.State, ended.Failure!.Message));
        Assert.False(await Client.CancelAsync("long", "again", Patience));
        Assert.False(await Client.CancelAsync("nobody", "again", Patience));
        Assert.Null(await Client.GetAsync("nobody", Patience));
    }

    [Fact]
    public async Task Failure_ThatIsFinal_IsNotTriedAgainAndTellsWhy()
    {
        await Client.StartAsync(Failing, "bad", 1, StartPolicy.OnlyOnce, Patience);
        var ended = await Client.WaitAsync("bad", Patience);
        Assert.Equal((WorkflowState.Failed, 1), (ended.State, _tries));
        Assert.Equal("Activity 'broken' (step 0) failed for good: out of order", ended.Failure!.Message);
        Assert.Equal(typeof(ActivityFailedException).FullName, ended.Failure.Type);
    }

    [Fact]
    public async Task List_IsDescendingAndPaged()
    {
        foreach (var day in (string[])["close-2", "close-3", "close-1", "other-1"])
        {
            await Client.StartAsync(new PlanWorkflow(), day, new Plan(PlanKind.Call, "a", 0, []), StartPolicy.OnlyOnce, Patience);
            await Client.WaitAsync(day, Patience);
        }

        var first = await Client.ListAsync("close-", 2, null, Patience);
        Assert.Equal(["close-3", "close-2"], first.Runs.Select(run => run.InstanceId));
        var second = await Client.ListAsync("close-", 2, first.Continuation, Patience);
        Assert.Equal(["close-1"], second.Runs.Select(run => run.InstanceId));
        Assert.Null(second.Continuation);
    }

    private static Plan WithoutWaiting(Plan plan) => plan.Kind switch
    {
        PlanKind.Timer => plan with { Kind = PlanKind.Call, Number = 0 },
        PlanKind.Call => plan with { Number = 0 },
        _ => plan with { Parts = [.. plan.Parts.Select(WithoutWaiting)] },
    };
}
