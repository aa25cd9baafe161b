using ClickFuncs.Api.Redirect.Wire;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ClickFuncs.Api.Tests.Redirect.Wire;

/// <summary>A client may keep the server waiting as long as the web server's limits say, and no trick extends it.</summary>
public sealed class PatienceTests
{
    private static readonly KestrelServerLimits Limits = new() { KeepAliveTimeout = TimeSpan.FromSeconds(130), RequestHeadersTimeout = TimeSpan.FromSeconds(30) };

    private readonly Patience _patience = new(Limits);

    [Fact]
    public void NextHead_IsAwaitedForTheKeepAliveTimeout()
    {
        Assert.False(Beat(130));
        Assert.True(Beat(1));
    }

    [Fact]
    public void RestOfHead_DrippedIn_IsAwaitedForTheHeadTimeoutFromItsFirstByte()
    {
        for (var i = 0; i < 30; i++)
        {
            _patience.AwaitRestOfHead();
            Assert.False(Beat(1));
        }

        _patience.AwaitRestOfHead();
        Assert.True(Beat(1));
    }

    [Fact]
    public void Work_IsNotTheClientsTime()
    {
        _patience.Work();
        Assert.False(Beat(1_000));
    }

    [Fact]
    public void Write_NotTaken_IsOverAfterFiveSeconds()
    {
        _patience.Write();
        Assert.False(Beat(5));
        Assert.True(Beat(1));
    }

    [Fact]
    public void EachClick_StartsTheCountAgain()
    {
        Beat(100);
        _patience.Work();
        _patience.AwaitNextHead();
        Assert.False(Beat(100));
    }

    [Fact]
    public void IsForClient_OnlyWhileItsBytesAreAwaited()
    {
        Assert.True(_patience.IsForClient);
        _patience.AwaitRestOfHead();
        Assert.True(_patience.IsForClient);
        _patience.Work();
        Assert.False(_patience.IsForClient);
        _patience.Write();
        Assert.False(_patience.IsForClient);
    }

    private bool Beat(int times)
    {
        var isOver = false;
        for (var i = 0; i < times; i++)
            isOver = _patience.Beat();
        return isOver;
    }
}
