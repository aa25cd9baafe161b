using ClickFuncs.Api.Redirect;
using ClickFuncs.Testing.Time;

namespace ClickFuncs.Api.Tests.Redirect;

/// <summary>Who has waited too long before the server got to them is turned away at once, and nobody else is.</summary>
public sealed class QueueDelayTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    private readonly ManualClock _clock = new();
    private readonly QueueDelay _delay;
    private int _sent;

    public QueueDelayTests() => _delay = new QueueDelay(Limit, _clock, () => _sent++);

    [Fact]
    public void IsOver_FirstRequests_SendNothingAndAreLetIn()
    {
        Assert.False(IsOver());
        Assert.Equal(0, _sent);
    }

    [Fact]
    public void IsOver_ProbeUnderWay_SendsNoOther()
    {
        Pass(0.5);
        Assert.False(IsOver());
        Assert.False(IsOver());
        Assert.Equal(1, _sent);
    }

    [Theory]
    [InlineData(2.0, false)]
    [InlineData(2.01, true)]
    public void IsOver_ProbeOnItsWay_IsAsLongAsTheProbe(double seconds, bool expected)
    {
        Pass(0.5);
        IsOver();
        Pass(seconds);
        Assert.Equal(expected, IsOver());
    }

    [Fact]
    public void IsOver_ProbeCameLate_StaysUntilOneComesInHalfTheTime()
    {
        Pass(0.5);
        IsOver();
        Pass(3);
        _delay.Arrived();
        Assert.True(IsOver());
        Pass(1.5);
        _delay.Arrived();
        Assert.True(IsOver());
        Pass(0.9);
        _delay.Arrived();
        Assert.False(IsOver());
        Assert.Equal(3, _sent);
    }

    [Fact]
    public void IsOver_NoRequestsForLong_LetsTheNextOneIn()
    {
        Pass(0.5);
        IsOver();
        Pass(3);
        _delay.Arrived();
        Pass(60);
        Assert.False(IsOver());
    }

    [Fact]
    public async Task Probe_Sent_ComesOutEachTime()
    {
        using var arrived = new SemaphoreSlim(0);
        using var probe = new LoopbackProbe(() => arrived.Release());
        for (var i = 0; i < 100; i++)
        {
            probe.Send();
            Assert.True(await arrived.WaitAsync(TimeSpan.FromSeconds(30)));
        }

        Assert.Equal(0, arrived.CurrentCount);
    }

    private bool IsOver() => _delay.IsOver(_clock.GetTimestamp());

    private void Pass(double seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));
}
