using System.IO.Pipelines;
using ClickFuncs.Api.Redirect.Wire;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ClickFuncs.Api.Tests.Redirect.Wire;

/// <summary>A client may keep the server waiting as long as the web server's limits say, and no trick extends it.</summary>
public sealed class PatienceTests : IAsyncDisposable
{
    private static readonly KestrelServerLimits Limits = new() { KeepAliveTimeout = TimeSpan.FromSeconds(130), RequestHeadersTimeout = TimeSpan.FromSeconds(30) };

    private readonly Pipe _pipe = new();
    private readonly AbortedContext _connection = new();
    private readonly Patience _patience;

    public PatienceTests() => _patience = new Patience(Limits, _pipe.Reader, _connection);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    [Fact]
    public async Task NextHead_IsAwaitedForTheKeepAliveTimeout()
    {
        Beat(130);
        Assert.False(IsCancelled());
        Beat(1);
        Assert.True((await _pipe.Reader.ReadAsync()).IsCanceled);
    }

    [Fact]
    public async Task RestOfHead_DrippedIn_IsAwaitedForTheHeadTimeoutFromItsFirstByte()
    {
        for (var i = 0; i < 30; i++)
        {
            _patience.AwaitRestOfHead();
            Beat(1);
        }

        Assert.False(IsCancelled());
        _patience.AwaitRestOfHead();
        Beat(1);
        Assert.True((await _pipe.Reader.ReadAsync()).IsCanceled);
    }

    [Fact]
    public void Work_IsNotTheClientsTime()
    {
        _patience.Work();
        Beat(1_000);
        Assert.False(IsCancelled());
    }

    [Fact]
    public void End_LeavesTheConnectionToTheServer()
    {
        _patience.End();
        Beat(1_000);
        Assert.False(IsCancelled());
    }

    [Fact]
    public void Write_NotTaken_AbortsTheConnection()
    {
        _patience.Write();
        Beat(5);
        Assert.False(_connection.IsAborted);
        Beat(1);
        Assert.True(_connection.IsAborted);
    }

    [Fact]
    public void EachClick_StartsTheCountAgain()
    {
        Beat(100);
        _patience.Work();
        _patience.AwaitNextHead();
        Beat(100);
        Assert.False(IsCancelled());
    }

    private void Beat(int times)
    {
        for (var i = 0; i < times; i++)
            _patience.Beat();
    }

    private bool IsCancelled() => _pipe.Reader.TryRead(out var read) && read.IsCanceled;

    private sealed class AbortedContext : DefaultConnectionContext
    {
        public bool IsAborted { get; private set; }

        public override void Abort(ConnectionAbortedException abortReason) => IsAborted = true;
    }
}
