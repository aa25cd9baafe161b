using ClickFuncs.Log;
using ClickFuncs.Spool;

namespace ClickFuncs.Core.Tests.Spool;

/// <summary>R8: what was spooled comes to the log in its order, and once, whatever fails in between.</summary>
public sealed class SpoolDrainTests
{
    private static readonly LogUnavailableException Full = new("disk full");
    private readonly SpoolRig _rig = new();

    [Fact]
    public async Task DrainOnce_NothingWaits_DoesNothing() => Assert.Equal(DrainStep.Empty, await _rig.DrainOnce());

    [Fact]
    public async Task DrainOnce_LogIsBack_AppendsInTheOrderOfArrival()
    {
        await SpoolAsync("a", "b", "c");

        Assert.Equal(DrainStep.Drained, await _rig.DrainOnce());

        Assert.Equal(["a", "b", "c"], _rig.Log.Texts);
        Assert.Empty(_rig.Spooled);
    }

    [Fact]
    public async Task DrainOnce_LogStillAway_KeepsEverything()
    {
        await SpoolAsync("a", "b");
        _rig.Log.Refusal = Full;

        await Assert.ThrowsAsync<LogUnavailableException>(_rig.DrainOnce);

        Assert.Equal(["a", "b"], _rig.Spooled);
    }

    [Fact]
    public async Task DrainOnce_KilledBetweenAppendAndRemoval_AppendsNothingTwice()
    {
        await SpoolAsync("a", "b", "c");
        _rig.Spool.RemoveFailure = new SpoolRefusedException("killed here");
        await Assert.ThrowsAsync<SpoolRefusedException>(_rig.DrainOnce);
        _rig.Restart();
        _rig.Spool.RemoveFailure = null;
        await _rig.Append("d");

        await _rig.DrainOnce();

        Assert.Equal(["a", "b", "c", "d"], _rig.Log.Texts);
    }

    [Fact]
    public async Task DrainOnce_RemovalFailsAndIsTriedAgain_AppendsNothingTwice()
    {
        await SpoolAsync("a");
        await _rig.DrainOnce();
        await SpoolAsync("b", "c");
        _rig.Spool.RemoveFailure = new SpoolRefusedException("no");
        await Assert.ThrowsAsync<SpoolRefusedException>(_rig.DrainOnce);
        _rig.Spool.RemoveFailure = null;

        await _rig.DrainOnce();

        Assert.Equal(["a", "b", "c"], _rig.Log.Texts);
    }

    [Fact]
    public async Task DrainOnce_LogFailsInTheMiddle_AppendsTheRestOnly()
    {
        await SpoolAsync("a", "b", "c", "d");
        _rig.Log.SucceedsFor = 2;
        await Assert.ThrowsAsync<LogUnavailableException>(_rig.DrainOnce);
        _rig.Log.Refusal = null;

        await _rig.DrainOnce();

        Assert.Equal(["a", "b", "c", "d"], _rig.Log.Texts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DrainOnce_OverdueThenAnswered_IsOnTheLogOnce(bool isWritten)
    {
        await _rig.DrainOnce();
        _rig.Log.IsStalled = true;
        var append = _rig.Append("a");
        _rig.PassDeadline();
        await append;
        Assert.Equal(DrainStep.Waiting, await _rig.DrainOnce());
        _rig.Log.Answer(isWritten, Full);
        _rig.Log.IsStalled = false;

        Assert.Equal(DrainStep.Drained, await _rig.DrainOnce());

        Assert.Equal(["a"], _rig.Log.Texts);
    }

    [Fact]
    public async Task DrainOnce_OverdueThenKilledThenWritten_IsOnTheLogOnce()
    {
        _rig.Log.IsStalled = true;
        var append = _rig.Append("a");
        _rig.PassDeadline();
        await append;
        await SpoolAsync("b");
        _rig.Restart();
        // What the dead process had under way reached the disk.
        _rig.Log.Answer(isWritten: true);
        _rig.Log.IsStalled = false;

        await _rig.DrainOnce();

        Assert.Equal(["a", "b"], _rig.Log.Texts);
    }

    [Fact]
    public async Task DrainOnce_SameContentTwiceAndOneOnTheLog_AppendsTheOther()
    {
        _rig.Log.IsStalled = true;
        var appends = Task.WhenAll(_rig.Append("same"), _rig.Append("same"));
        _rig.PassDeadline();
        await appends;
        _rig.Log.Answer(isWritten: false, Full);
        _rig.Log.IsStalled = false;
        await _rig.Log.AppendAsync(default, "same"u8, CancellationToken.None);

        await _rig.DrainOnce();

        Assert.Equal(["same", "same"], _rig.Log.Texts);
    }

    [Fact]
    public async Task Run_LogComesBack_DrainsAndGoesToTheLogAgain()
    {
        await SpoolAsync("a", "b");
        _rig.Log.Refusal = Full;
        using var stop = new CancellationTokenSource();
        var running = _rig.Drain.RunAsync(stop.Token);
        await UntilAsync(() => _rig.Drain.Failure is not null);
        Assert.Equal(SpoolMode.Away, _rig.Clicks.Mode);

        _rig.Log.Refusal = null;
        await UntilAsync(() => _rig.Clicks.Mode == SpoolMode.Direct);

        Assert.Equal(["a", "b"], _rig.Log.Texts);
        Assert.Null(_rig.Drain.Failure);
        Assert.Equal(2, (await _rig.Append("c")).Sequence);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Run_SpoolTookNothing_TriesTheLogAgainAfterAWhile()
    {
        (_rig.Log.Refusal, _rig.Spool.Refusal) = (Full, new SpoolRefusedException("too"));
        using var stop = new CancellationTokenSource();
        var running = _rig.Drain.RunAsync(stop.Token);
        await Assert.ThrowsAsync<LogUnavailableException>(() => _rig.Append("a"));
        Assert.Equal(SpoolMode.Away, _rig.Clicks.Mode);

        await UntilAsync(() => _rig.Clicks.Mode == SpoolMode.Direct);

        _rig.Log.Refusal = null;
        await _rig.Append("b");
        Assert.Equal(["b"], _rig.Log.Texts);
        await stop.CancelAsync();
        await running;
    }

    // Time passes until it holds; what timers wake may run elsewhere.
    private async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; i < 10_000 && !holds(); i++)
        {
            _rig.Clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        Assert.True(holds());
    }

    private async Task SpoolAsync(params string[] texts)
    {
        var (refusal, stalled) = (_rig.Log.Refusal, _rig.Log.IsStalled);
        (_rig.Log.Refusal, _rig.Log.IsStalled) = (Full, false);
        foreach (var text in texts)
            await _rig.Append(text);
        (_rig.Log.Refusal, _rig.Log.IsStalled) = (refusal, stalled);
    }
}
