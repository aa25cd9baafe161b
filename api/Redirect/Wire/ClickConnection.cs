using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using ClickFuncs.Api.Problems;
using ClickFuncs.Log;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace ClickFuncs.Api.Redirect.Wire;

/// <summary>
/// One connection that is answered straight from its bytes for as long as plain clicks come, one after the other. The first
/// request that is anything else goes to the web server untouched, with the rest of the connection.
/// Allocates nothing per click: one loop, its state, and the visitor's id live as long as the connection.
/// </summary>
internal sealed class ClickConnection
{
    private readonly ClickLane _lane;
    private readonly ConnectionContext _connection;
    private readonly PipeReader _input;
    private readonly PipeWriter _output;
    private readonly Patience _patience;
    private readonly Neighbour _neighbour;
    private readonly byte[] _visitor = new byte[TrackingCookie.IdLength];
    private RedirectStart _start;
    private long _startedAt;
    private bool _isTracked;
    private bool _hasEntered;
    private volatile bool _isClosing;

    private ClickConnection(ClickLane lane, ConnectionContext connection)
    {
        (_lane, _connection) = (lane, connection);
        (_input, _output) = (connection.Transport.Input, connection.Transport.Output);
        _patience = new Patience(lane.Limits, _input, connection);
        _neighbour = lane.Reader.Meet((connection.RemoteEndPoint as System.Net.IPEndPoint)?.Address);
    }

    private enum Step
    {
        ReadMore,
        Answer,
        PassOn,
        Close,
    }

    /// <summary>Serves the connection until it ends.</summary>
    /// <param name="lane">What all connections share.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="server">Takes over at the first request that is no plain click.</param>
    public static async Task RunAsync(ClickLane lane, ConnectionContext connection, ConnectionDelegate server)
    {
        var clicks = new ClickConnection(lane, connection);
        connection.Features.Get<IConnectionHeartbeatFeature>()?.OnHeartbeat(static state => ((Patience)state).Beat(), clicks._patience);
        var closing = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        bool isForServer;
        // A server that stops lets what is under way end, and nobody wait.
        await using (closing.UnsafeRegister(static state => ((ClickConnection)state!).Close(), clicks))
            isForServer = await clicks.ServeAsync();
        if (isForServer)
            await server(connection);
    }

    // True when the connection goes on, at the web server.
    private async Task<bool> ServeAsync()
    {
        try
        {
            while (true)
            {
                var step = Take(await _input.ReadAsync());
                if (step == Step.Answer)
                    step = await AnswerAsync() ? Step.ReadMore : Step.Close;
                if (step == Step.PassOn)
                {
                    _patience.End();
                    return true;
                }

                if (step == Step.Close)
                    break;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client went away in the middle. What it clicked is recorded or refused, as if it had waited.
        }

        _patience.End();
        await _output.CompleteAsync();
        await _input.CompleteAsync();
        return false;
    }

    private Step Take(ReadResult read)
    {
        var buffer = read.Buffer;
        if (buffer.IsEmpty)
        {
            _input.AdvanceTo(buffer.Start);
            return read.IsCanceled || read.IsCompleted ? Step.Close : Step.ReadMore;
        }

        HeadForm form;
        long length = 0;
        if (buffer.IsSingleSegment)
        {
            form = Begin(buffer.FirstSpan, ref length);
        }
        else
        {
            // Seldom: a head across two of the server's buffers.
            var size = (int)Math.Min(buffer.Length, ClickHead.MaxBytes);
            var joined = ArrayPool<byte>.Shared.Rent(size);
            buffer.Slice(0, size).CopyTo(joined);
            form = Begin(joined.AsSpan(0, size), ref length);
            ArrayPool<byte>.Shared.Return(joined);
        }

        switch (form)
        {
            case HeadForm.Plain:
                _input.AdvanceTo(buffer.GetPosition(length));
                return Step.Answer;
            case HeadForm.Incomplete when read.IsCanceled:
                _input.AdvanceTo(buffer.Start);
                return Step.Close;
            case HeadForm.Incomplete when !read.IsCompleted:
                _patience.AwaitRestOfHead();
                _input.AdvanceTo(buffer.Start, buffer.End);
                return Step.ReadMore;
            default:
                // Nothing of it is taken, so the server sees it as it came.
                _input.AdvanceTo(buffer.Start);
                return Step.PassOn;
        }
    }

    // Everything that needs the bytes. A failure of the log is kept for the answer.
    private HeadForm Begin(ReadOnlySpan<byte> bytes, ref long length)
    {
        var form = ClickHead.Read(bytes, _lane.Reader.Names, out var head);
        if (form != HeadForm.Plain)
            return form;
        _patience.Work();
        length = head.Length;
        _startedAt = _lane.Intake.Now();
        _hasEntered = _lane.Intake.TryEnter();
        if (!_hasEntered)
        {
            _start = RedirectStart.Refused(RedirectProblems.Overloaded);
            return form;
        }

        try
        {
            _start = _lane.Reader.Start(head, _neighbour, _visitor, out _isTracked, _lane.Intake);
        }
        catch (LogException exception)
        {
            _start = RedirectStart.Refused(_lane.Intake.NotRecorded(exception));
        }
        catch
        {
            _lane.Intake.Leave(default);
            throw;
        }

        return form;
    }

    // False when the connection is to end after it.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> AnswerAsync()
    {
        var refusal = _start.Refusal;
        try
        {
            if (refusal is null)
            {
                var position = await _start.Append;
                _lane.Intake.Recorded(_start, position, _startedAt);
            }
        }
        catch (LogException exception)
        {
            refusal = _lane.Intake.NotRecorded(exception);
        }
        finally
        {
            if (_hasEntered)
                _lane.Intake.Leave(_start);
        }

        var isLast = _isClosing;
        if (refusal is null)
        {
            _lane.Answers.WriteRedirect(_output, _start.Location, _isTracked ? _visitor : default, isLast);
        }
        else
        {
            ClickIntake.Refused(refusal);
            _lane.Answers.WriteProblem(_output, refusal, isLast);
        }

        _start = default;
        _patience.Write();
        var flushed = await _output.FlushAsync();
        _patience.AwaitNextHead();
        return !isLast && !flushed.IsCompleted && !flushed.IsCanceled;
    }

    private void Close()
    {
        _isClosing = true;
        _input.CancelPendingRead();
    }
}
