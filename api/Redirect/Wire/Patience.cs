using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ClickFuncs.Api.Redirect.Wire;

/// <summary>
/// How long a connection may keep the server waiting: the web server's own limits, counted in the beats of its heart, one a
/// second. A head counts from its first byte, so dripping it byte by byte gains nothing.
/// </summary>
internal sealed class Patience(KestrelServerLimits limits, PipeReader input, ConnectionContext connection)
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
        Ended,
    }

    /// <summary>A second has passed. Called by the server's heart, whatever the connection does.</summary>
    public void Beat()
    {
        var waitingFor = _for;
        var limit = waitingFor switch
        {
            Waiting.NextHead => _idleBeats,
            Waiting.RestOfHead => _headBeats,
            Waiting.Write => WriteBeats,
            _ => int.MaxValue,
        };
        // One thread counts. A reset that comes in between costs one beat.
        if (++_beats <= limit || limit == int.MaxValue)
            return;
        if (waitingFor == Waiting.Write)
            connection.Abort(new ConnectionAbortedException("The client takes no answers."));
        else
            input.CancelPendingRead();
    }

    /// <summary>Waits for the first byte of a head.</summary>
    public void AwaitNextHead() => Start(Waiting.NextHead);

    /// <summary>Part of a head has come; the count goes on from its first part.</summary>
    public void AwaitRestOfHead()
    {
        if (_for != Waiting.RestOfHead)
            Start(Waiting.RestOfHead);
    }

    /// <summary>The server is at it.</summary>
    public void Work() => _for = Waiting.Nothing;

    /// <summary>Waits for the client to take an answer.</summary>
    public void Write() => Start(Waiting.Write);

    /// <summary>The connection is somebody else's, or no more.</summary>
    public void End() => _for = Waiting.Ended;

    private static int Beats(TimeSpan time) => time.TotalSeconds >= int.MaxValue - 1 ? int.MaxValue : (int)Math.Ceiling(time.TotalSeconds);

    private void Start(Waiting waitingFor)
    {
        _beats = 0;
        _for = waitingFor;
    }
}
