using ClickFuncs.Events;
using ClickFuncs.Log;
using ClickFuncs.Spool;
using ClickFuncs.Testing.Memory;

namespace ClickFuncs.Core.Tests.Spool;

/// <summary>R8: what the log can't take in time is made durable in the spool, and whoever appends is answered.</summary>
public sealed class SpoolingClickLogTests
{
    private static readonly SpoolRefusedException SpoolFails = new("spool disk");

    [Fact]
    public async Task Append_HealthyLog_GoesThereAndNowhereElse()
    {
        var rig = new SpoolRig();
        rig.Log.IsStalled = true;
        var append = rig.Append("a");
        rig.Log.Answer(isWritten: true);

        Assert.Equal(new LogPosition(0, 0), await append);
        Assert.Equal(["a"], rig.Log.Texts);
        Assert.Empty(rig.Spooled);
    }

    [Fact]
    public async Task Append_LogRefusesAtOnce_IsSpooledAndAnswered()
    {
        var rig = new SpoolRig();
        rig.Log.Refusal = new LogUnavailableException("disk full");

        Assert.Equal(-1, (await rig.Append("a")).Sequence);
        Assert.Equal(["a"], rig.Spooled);
        Assert.Equal(SpoolMode.Away, rig.Clicks.Mode);
    }

    [Fact]
    public async Task Append_LogFailsLater_IsSpooledAndAnswered()
    {
        var rig = new SpoolRig();
        rig.Log.IsStalled = true;
        var append = rig.Append("a");
        rig.Log.Answer(isWritten: false, new LogUnavailableException("sync failed"));

        Assert.Equal(-1, (await append).Sequence);
        Assert.Equal(["a"], rig.Spooled);
    }

    [Fact]
    public async Task Append_LogSilentUntilTheDeadline_IsSpooledAndAnswered()
    {
        var rig = new SpoolRig();
        rig.Log.IsStalled = true;
        var append = rig.Append("a");
        for (var i = 0; i < 5; i++)
            rig.Clicks.Sweep();
        Assert.False(append.IsCompleted);

        rig.PassDeadline();

        Assert.Equal(-1, (await append).Sequence);
        Assert.Equal(["a"], rig.Spooled);
        Assert.True(rig.Clicks.IsInDoubt);
    }

    [Fact]
    public async Task Append_LogAnswersAfterItWasSpooled_EndsTheDoubtAndIsAnsweredOnce()
    {
        var rig = new SpoolRig();
        rig.Log.IsStalled = true;
        var append = rig.Append("a");
        rig.PassDeadline();
        await append;

        rig.Log.Answer(isWritten: true);

        Assert.False(rig.Clicks.IsInDoubt);
        Assert.Equal(["a"], rig.Spooled);
    }

    [Fact]
    public async Task Append_LogAnswersBeforeTheSpoolDoes_IsAnsweredByTheLog()
    {
        var rig = new SpoolRig();
        var spool = new TaskCompletionSource();
        (rig.Log.IsStalled, rig.Spool.Answer) = (true, spool.Task);
        var append = rig.Append("a");
        rig.PassDeadline();
        Assert.False(append.IsCompleted);

        rig.Log.Answer(isWritten: true);

        Assert.Equal(0, (await append).Sequence);
        spool.SetResult();
    }

    [Fact]
    public async Task Append_WhileTheLogIsAway_DoesNotAskIt()
    {
        var rig = new SpoolRig();
        rig.Log.Refusal = new LogUnavailableException("disk full");
        await rig.Append("a");
        (rig.Log.Refusal, rig.Log.IsStalled) = (null, true);

        Assert.Equal(-1, (await rig.Append("b")).Sequence);

        Assert.Equal(0, rig.Log.Held);
        Assert.Equal(["a", "b"], rig.Spooled);
    }

    [Fact]
    public async Task Append_LogOverloaded_IsPassedOn()
    {
        var rig = new SpoolRig();
        rig.Log.Refusal = new LogOverloadedException("too many");

        await Assert.ThrowsAsync<LogOverloadedException>(() => rig.Append("a"));

        Assert.Empty(rig.Spooled);
        Assert.Equal(SpoolMode.Direct, rig.Clicks.Mode);
    }

    [Fact]
    public async Task Append_LogAwayAndSpoolFull_IsRefusedAtOnce()
    {
        var rig = new SpoolRig(limitBytes: 1);
        rig.Log.Refusal = new LogUnavailableException("disk full");
        await rig.Append("a");
        (rig.Log.Refusal, rig.Log.IsStalled) = (null, true);

        var append = rig.Append("b");

        Assert.True(append.IsCompleted);
        await Assert.ThrowsAsync<LogUnavailableException>(() => append);
    }

    [Fact]
    public async Task Append_OverdueAndSpoolFails_IsRefused()
    {
        var rig = new SpoolRig();
        (rig.Log.IsStalled, rig.Spool.Refusal) = (true, SpoolFails);
        var append = rig.Append("a");

        rig.PassDeadline();

        await Assert.ThrowsAsync<LogUnavailableException>(() => append);
    }

    [Fact]
    public async Task Append_SpoolIsBeingDrainedButFull_GoesToTheLog()
    {
        var rig = new SpoolRig(limitBytes: 1);
        rig.Log.Refusal = new LogUnavailableException("disk full");
        await rig.Append("a");
        rig.Log.Refusal = null;
        rig.Restart();
        Assert.Equal(SpoolMode.Draining, rig.Clicks.Mode);

        Assert.Equal(0, (await rig.Append("b")).Sequence);

        Assert.Equal(["b"], rig.Log.Texts);
    }

    [Fact]
    public async Task Append_SpoolMayHaveWritten_DoesNotGoToTheLogToo()
    {
        var rig = new SpoolRig();
        rig.Log.Refusal = new LogUnavailableException("disk full");
        await rig.Append("a");
        rig.Log.Refusal = null;
        rig.Restart();
        rig.Spool.Refusal = SpoolFails;

        await Assert.ThrowsAsync<LogUnavailableException>(() => rig.Append("b"));

        Assert.Empty(rig.Log.Texts);
    }

    [Fact]
    public async Task New_SomethingWaits_GoesBehindIt()
    {
        var rig = new SpoolRig();
        rig.Log.Refusal = new LogUnavailableException("disk full");
        await rig.Append("a");
        rig.Log.Refusal = null;
        rig.Restart();

        await rig.Append("b");

        Assert.Equal(["a", "b"], rig.Spooled);
    }

    [Fact]
    public void Append_HealthyLog_AllocatesNothing()
    {
        var log = new PendingLog();
        var clicks = new SpoolingClickLog(
            log, new ClickFuncs.Testing.Spool.InMemorySpool(TimeProvider.System), new SpoolOptions(), TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<SpoolingClickLog>.Instance);
        var record = new byte[300];
        // The web server has none either: answers run where the log gives them.
        SynchronizationContext.SetSynchronizationContext(null);

        var allocated = Allocations.FewestOf(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                Complete(clicks.AppendAsync(default, record, CancellationToken.None));
            }
        });

        void Complete(ValueTask<LogPosition> append)
        {
            clicks.Sweep();
            log.Complete();
            if (append.GetAwaiter().GetResult().Sequence != 7)
                throw new InvalidOperationException("Another answer came.");
        }


        Assert.Equal(0, allocated);
    }

    // One append at a time, answered when told, without a task of its own.
    private sealed class PendingLog : IClickLog, System.Threading.Tasks.Sources.IValueTaskSource<LogPosition>
    {
        private System.Threading.Tasks.Sources.ManualResetValueTaskSourceCore<LogPosition> _core;

        public int PartitionCount => 1;

        public ValueTask<LogPosition> AppendAsync(Fingerprint id, ReadOnlySpan<byte> record, CancellationToken cancellationToken) => new(this, _core.Version);

        public void Complete() => _core.SetResult(new LogPosition(0, 7));

        public LogPosition GetResult(short token)
        {
            var result = _core.GetResult(token);
            _core.Reset();
            return result;
        }

        public System.Threading.Tasks.Sources.ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, System.Threading.Tasks.Sources.ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }
}
