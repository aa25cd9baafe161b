using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ClickFuncs.Api.Redirect.Wire;

/// <summary>
/// How long a connection may keep the server waiting: the web server's own limits, counted in beats, one a second. A head counts from its first byte, so
/// dripping it byte by byte gains nothing.
/// </summary>
internal sealed class Patience(KestrelServerLimits limits)
{
    // For a client that takes no answers; the server's own rule is a rate of bytes with five seconds of grace.
    private const int WriteBeats = 5;

    private readonly int _idleBeats = Beats(limits.KeepAliveTimeout);
    private readonly int _headBeats = Beats(limits.RequestHeadersTimeout);
    private volatile Waiting _for = Waiting.NextHead;
    private volatile int _beats;

    private enum Waiting
    {
        NextHead,
        RestOfHead,
        Nothing,
        Write,
    }

    /// <summary>Whether the server waits for bytes of the client, and for nothing else.</summary>
    public bool IsForClient => _for is Waiting.NextHead or Waiting.RestOfHead;

    /// <summary>A second has passed; one thread counts.</summary>
    /// <returns>Whether the client has kept the server waiting for too long.</returns>
    public bool Beat()
    {
        var limit = _for switch
        {
            Waiting.NextHead => _idleBeats,
            Waiting.RestOfHead => _headBeats,
            Waiting.Write => WriteBeats,
            _ => int.MaxValue,
        };
        // A reset that comes in between costs one beat.
        return ++_beats > limit;
    }

    /// <summary>Waits for the first byte of a head. Whoever reads <see cref="IsForClient"/> after it sees it.</summary>
    public void AwaitNextHead()
    {
        Start(Waiting.NextHead);
        Interlocked.MemoryBarrier();
    }

    /// <summary>Part of a head has come; the count goes on from its first part.</summary>
    public void AwaitRestOfHead()
    {
        if (_for != Waiting.RestOfHead)
            Start(Waiting.RestOfHead);
    }

    /// <summary>The server is at it.</summary>
    public void Work() => Start(Waiting.Nothing);

    /// <summary>Waits for the client to take an answer.</summary>
    public void Write() => Start(Waiting.Write);

    private static int Beats(TimeSpan time) => time.TotalSeconds >= int.MaxValue - 1 ? int.MaxValue : (int)Math.Ceiling(time.TotalSeconds);

    private void Start(Waiting waitingFor)
    {
        _beats = 0;
        _for = waitingFor;
    }
}
