using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Testing.Workflows;

public abstract partial class WorkflowRunnerContract
{
    [Fact]
    public async Task Resume_AfterARestart_GivesTheCodeTheSameTimeAndIds()
    {
        var seen = new List<string>();
        await StartAsync(await UseAsync(async (context, _) =>
        {
            var said = $"{context.Now:O} {context.NewGuid()}";
            await context.CallAsync(Twice, 1);
            said += $" {context.Now:O} {context.NewGuid()} {context.NewGuid()}";
            seen.Add(said);
            return said + await context.CallAsync(Gated, "");
        }));
        await CalledAsync(2);
        _rig.Clock.Advance(TimeSpan.FromHours(1));
        await _rig.StartAsync();
        _gate.SetResult("");
        Assert.Equal(seen[0], (await _rig.RunToEndAsync("run")).ReadOutput<string>());
        Assert.Equal(2, seen.Count);
        Assert.Equal(seen[0], seen[1]);
        Assert.Equal(5, seen[0].Split(' ').Distinct().Count() + (seen[0].Split(' ')[0] == seen[0].Split(' ')[2] ? 1 : 0));
    }

    [Fact]
    public async Task Resume_AfterARace_KeepsTheWinner()
    {
        var replays = new List<bool>();
        var decided = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await StartAsync(await UseAsync(async (context, _) =>
        {
            // So far apart that both are never over before the workflow has had its turn, however busy the machine is.
            var slow = context.DelayUntilAsync(context.Now.AddDays(30));
            var quick = context.DelayUntilAsync(context.Now.AddSeconds(10));
            var winner = await Task.WhenAny(slow, quick) == slow ? "slow" : "quick";
            replays.Add(context.IsReplaying);
            decided.TrySetResult(true);
            // Both are over by the time of the restart; the order they came in is all that is left.
            await slow;
            return winner + await context.CallAsync(Gated, "");
        }));
        await _rig.PassTimeAsync(decided.Task);
        _rig.Clock.Advance(TimeSpan.FromDays(30));
        await _rig.PassTimeAsync(CalledOnceAsync());
        await _rig.StartAsync();
        _gate.SetResult("");
        Assert.Equal("quick", (await _rig.RunToEndAsync("run")).ReadOutput<string>());
        Assert.Equal([false, true], replays);

        async Task<bool> CalledOnceAsync()
        {
            await CalledAsync(1);
            return true;
        }
    }

    [Theory]
    [InlineData("activity 'twice' with 1", "activity 'twice' with 2", "other input")]
    [InlineData("activity 'twice' with 1", "activity 'failing' with 1", "other activity")]
    [InlineData("activity 'twice' with 1", "its end with \"early\"", "early end")]
    [InlineData("nothing", "activity 'twice' with 9", "one more")]
    [InlineData("activity 'twice' with 1", "a timer until 2026-07-01T12:00:01.0000000+00:00", "other kind")]
    public async Task Resume_CodeThatWasChanged_FailsAndSaysWhere(string expected, string found, string change)
    {
        await StartAsync(await UseAsync(async (context, _) =>
        {
            await context.CallAsync(Twice, 1);
            return await context.CallAsync(Gated, "done");
        }));
        await CalledAsync(2);
        await UseAsync(async (context, _) =>
        {
            if (change == "early end")
                return "early";
            if (change == "other kind")
                await context.DelayUntilAsync(context.Now.AddSeconds(1));
            var first = context.CallAsync(change == "other activity" ? Failing : Twice, change == "other input" ? 2 : 1);
            var second = change == "one more" ? context.CallAsync(Twice, 9) : first;
            await Task.WhenAll(first, second);
            return await context.CallAsync(Gated, "done");
        });
        var ended = await _rig.RunToEndAsync("run");
        Assert.Equal((WorkflowState.Failed, typeof(WorkflowDivergedException).FullName), (ended.State, ended.Failure!.Type));
        Assert.Contains($"at step {(change == "one more" ? 1 : 0)} its journal has {expected}, the code has {found}.", ended.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_CodeThatSetsAnotherStatus_GoesOn()
    {
        await StartAsync(await UseAsync((context, _) => context.CallAsync(Gated, "done")));
        await CalledAsync(1);
        await UseAsync((context, _) =>
        {
            context.SetStatus("new");
            return context.CallAsync(Gated, "done");
        });
        _gate.SetResult(".");
        Assert.Equal("done.", (await _rig.RunToEndAsync("run")).ReadOutput<string>());
    }

    [Theory]
    [InlineData("a task of its own")]
    [InlineData("a task of its own, while a step is under way")]
    [InlineData("a task that never ends")]
    [InlineData("its context from another thread")]
    [InlineData("without its context")]
    public async Task Code_AwaitingWhatIsNotFromItsContext_FailsTheRun(string what)
    {
        var outside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await StartAsync(await UseAsync(async (context, _) =>
        {
            switch (what)
            {
                case "a task of its own":
                    await outside.Task;
                    break;
                case "a task of its own, while a step is under way":
                    var underWay = context.CallAsync(Gated, "");
                    await outside.Task;
                    await underWay;
                    break;
                case "a task that never ends":
                    await new TaskCompletionSource().Task;
                    break;
                case "its context from another thread":
                    var gated = context.CallAsync(Gated, "");
                    await Task.Run(() => context.CallAsync(Twice, 1));
                    await gated;
                    break;
                default:
                    await context.CallAsync(Twice, 1).ConfigureAwait(false);
                    return $"{await context.CallAsync(Twice, 1)}";
            }

            return "not reached";
        }));
        if (what.EndsWith("under way", StringComparison.Ordinal))
        {
            // The step has begun, so the turn is over and the outside is being awaited.
            await CalledAsync(1);
            outside.SetResult();
        }

        var ended = await _rig.RunToEndAsync("run");
        Assert.Equal((WorkflowState.Failed, typeof(ForeignAwaitException).FullName), (ended.State, ended.Failure!.Type));
        Assert.Contains("not from its context", ended.Failure.Message, StringComparison.Ordinal);
    }
}
