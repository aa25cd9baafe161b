using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Ledger;
using ClickFuncs.Testing.Events;

namespace ClickFuncs.Batch.Tests.Close;

/// <summary>A close that failed on the way may have published and posted what holds no longer.</summary>
public sealed class FailedCloseTests
{
    private const long Cost = 450_000;

    // Without looking back, the copy of an event of the day before counts.
    private static readonly CountingPolicy OtherRules = new() { LookBackDays = 0 };

    [Theory]
    [InlineData("commit")]
    [InlineData("committed")]
    [InlineData("seal")]
    public async Task Close_FindsWhatTheCloseBeforeTheFailedOneFound_SaysItAgain(string failsAt)
    {
        var rig = new CloseRig();
        rig.Stream.Append(At("clk_1", CloseRig.Midnight - 60_000), At("clk_1", CloseRig.Midnight + 60_000), At("clk_2", CloseRig.Midnight + 120_000));
        await rig.Stream.PublishAsync();
        Assert.Equal(WorkflowState.Completed, (await rig.CloseAsync()).State);
        Assert.Equal((1, Cost), (await rig.FinalClicksAsync(), await rig.OwedAsync()));

        FailAt(rig, failsAt);
        Assert.Equal(WorkflowState.Failed, (await rig.CloseAsync(OtherRules)).State);
        Assert.Equal(2, await rig.FinalClicksAsync());
        (rig.Ledger.AtStep, rig.Archive.Lake.BeforeNaming) = (null, null);

        var outcome = (await rig.CloseAsync()).ReadOutput<CloseOutcome>();

        Assert.True(outcome.IsNew);
        Assert.Equal((1, Cost), (await rig.FinalClicksAsync(), await rig.OwedAsync()));
        Assert.False((await rig.CloseAsync()).ReadOutput<CloseOutcome>().IsNew);
    }

    [Fact]
    public async Task Close_AfterOneThatFailedBeforeItPublished_FindsNothingNew()
    {
        var rig = new CloseRig();
        rig.Stream.Append(At("clk_1", CloseRig.Midnight + 60_000));
        await rig.Stream.PublishAsync();
        await rig.CloseAsync();
        rig.Archive.Lake.BeforeNaming = path =>
        {
            if (path.Contains("/r2/", StringComparison.Ordinal))
                throw new NonRetryableException("The lake is full.");
        };
        Assert.Equal(WorkflowState.Failed, (await rig.CloseAsync()).State);
        rig.Archive.Lake.BeforeNaming = null;

        Assert.Equal(new CloseOutcome(CloseRig.Date, 1, IsNew: false, [], 0), (await rig.CloseAsync()).ReadOutput<CloseOutcome>() with { Alerts = [] });
    }

    private static void FailAt(CloseRig rig, string step)
    {
        rig.Ledger.AtStep = at =>
        {
            if (at == step)
                throw new NonRetryableException("The disk of the ledger is full.");
        };
        rig.Archive.Lake.BeforeNaming = path =>
        {
            if (step == "seal" && path.StartsWith(LedgerSealJson.LakePrefix, StringComparison.Ordinal))
                throw new NonRetryableException("The lake is full.");
        };
    }

    private static TestEvent At(string id, long timeMs) => new() { ClickId = id, TimeMs = timeMs, CostMicros = Cost };
}
