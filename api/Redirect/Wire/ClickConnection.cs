using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClickFuncs.Log;

namespace ClickFuncs.Api.Redirect.Wire;

/// <summary>
/// One connection that is answered straight from its socket for as long as plain clicks come, one after the other. The first
/// request that is anything else goes to the web server untouched, with the rest of the connection.
/// Nothing is allocated per click: the connection is its own socket operation, of which one at a time is under way.
/// </summary>
/// <remarks>
/// It is a machine of steps. Each step names the next; the thread that comes with bytes, or with a durable click, runs them until one has to wait. So
/// there is no lock: at any time the connection belongs to one thread, or to the one operation it waits for.
/// </remarks>
internal sealed class ClickConnection : SocketAsyncEventArgs
{
    // Most heads fit; one that doesn't gets a larger buffer.
    private const int BufferBytes = 2048;

    // So many answers without a wait, and others have their turn on the thread: a client that sends nonsense as fast as it can keeps none for itself.
    private const int AnswersInARow = 64;

    private readonly ClickListener _listener;
    private readonly ClickLane _lane;
    private readonly Socket _socket;
    private readonly Neighbour _neighbour;
    private readonly Patience _patience;
    private readonly Action _appended;
    private readonly ArrayBufferWriter<byte> _answer = new(512);
    private readonly byte[] _visitor = new byte[TrackingCookie.IdLength];
    private byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private int _answered;
    private RedirectStart _click;
    private ConfiguredValueTaskAwaitable<LogPosition>.ConfiguredValueTaskAwaiter _append;
    private long _startedAt;
    private bool _isTracked;
    private bool _hasEntered;
    private bool _isLast;
    private volatile bool _isOverdue;

    /// <summary>Takes over a socket; <see cref="Start"/> begins to read.</summary>
    public ClickConnection(ClickListener listener, ClickLane lane, Socket socket)
        : base(true)
    {
        (_listener, _lane, _socket) = (listener, lane, socket);
        _neighbour = lane.Reader.Meet((socket.RemoteEndPoint as IPEndPoint)?.Address);
        _patience = new Patience(lane.Limits);
        _appended = () => Run(Step.Answer);
    }

    private enum Step
    {
        Receive,
        Received,
        Take,
        Append,
        Answer,
        Answered,
        PassOn,
        Close,
        Wait,
    }

    private bool IsClosing => _isOverdue || _listener.IsStopping;

    /// <summary>Serves the connection. Returns when it has to wait for the first time.</summary>
    public void Start() => Run(Step.Receive);

    /// <summary>The server stops: what is under way is answered, and nobody waited for. The listener says so before.</summary>
    public void End()
    {
        // Either this sees that the connection waits, or the connection, which waits from now on, sees that the server stops.
        Interlocked.MemoryBarrier();
        if (_patience.IsForClient)
            Interrupt();
    }

    /// <summary>A second has passed.</summary>
    public void Beat()
    {
        if (!_patience.Beat())
            return;
        _isOverdue = true;
        Interrupt();
    }

    /// <summary>Ends whatever it waits for. The thread that waited closes the connection.</summary>
    public void Interrupt()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It ended by itself.
        }
    }

    /// <inheritdoc/>
    protected override void OnCompleted(SocketAsyncEventArgs e) =>
        Run(LastOperation == SocketAsyncOperation.Receive ? Step.Received : Step.Answered);

    private void Run(Step step)
    {
        try
        {
            while (step != Step.Wait)
            {
                step = step switch
                {
                    Step.Receive => Receive(),
                    Step.Received => Received(),
                    Step.Take => Take(),
                    Step.Append => Append(),
                    Step.Answer => Answer(),
                    Step.Answered => Answered(),
                    Step.PassOn => PassOn(),
                    _ => Close(),
                };
            }
        }
        catch (Exception e)
        {
            // A defect of this program: it costs this connection, and not the process.
            _listener.LogConnectionFailed(e);
            Close();
        }
    }

    private Step Receive()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, ClickHead.MaxBytes);
        SetBuffer(_buffer, _end, _buffer.Length - _end);
        return _socket.ReceiveAsync(this) ? Step.Wait : Step.Received;
    }

    private Step Received()
    {
        if (SocketError != SocketError.Success)
            return Step.Close;
        _end += BytesTransferred;
        if (BytesTransferred > 0)
            return Step.Take;
        // A head that was cut short is the server's to answer.
        return _end == 0 || IsClosing ? Step.Close : Step.PassOn;
    }

    private Step Take()
    {
        if (_start == _end)
            return Step.Receive;
        switch (Begin(_buffer.AsSpan(_start.._end), out var length))
        {
            case HeadForm.Plain:
                _start += length;
                return Step.Append;
            case HeadForm.Incomplete:
                _patience.AwaitRestOfHead();
                return Step.Receive;
            default:
                return Step.PassOn;
        }
    }

    // Everything that needs the bytes. A failure of the log is kept for the answer.
    private HeadForm Begin(ReadOnlySpan<byte> bytes, out int length)
    {
        var form = ClickHead.Read(bytes, _lane.Reader.Names, out var head);
        length = head.Length;
        if (form != HeadForm.Plain)
            return form;
        _patience.Work();
        _startedAt = _lane.Intake.Now();
        _hasEntered = _lane.Intake.TryEnter();
        if (!_hasEntered)
        {
            _click = RedirectStart.Refused(RedirectProblems.Overloaded);
            return form;
        }

        try
        {
            _click = _lane.Reader.Start(head, _neighbour, _visitor, out _isTracked, _lane.Intake);
        }
        catch (LogException exception)
        {
            _click = RedirectStart.Refused(_lane.Intake.NotRecorded(exception));
        }
        catch
        {
            _lane.Intake.Leave(default);
            throw;
        }

        return form;
    }

    private Step Append()
    {
        if (_click.Refusal is not null)
            return Step.Answer;
        _append = _click.Append.ConfigureAwait(false).GetAwaiter();
        if (_append.IsCompleted)
            return Step.Answer;
        _append.UnsafeOnCompleted(_appended);
        return Step.Wait;
    }

    private Step Answer()
    {
        var refusal = _click.Refusal;
        try
        {
            if (refusal is null)
                _lane.Intake.Recorded(_click, _append.GetResult(), _startedAt);
        }
        catch (LogException exception)
        {
            refusal = _lane.Intake.NotRecorded(exception);
        }
        finally
        {
            if (_hasEntered)
                _lane.Intake.Leave(_click);
        }

        _isLast = IsClosing;
        _answer.ResetWrittenCount();
        if (refusal is null)
        {
            _lane.Answers.WriteRedirect(_answer, _click.Location, _isTracked ? _visitor : default, _isLast);
        }
        else
        {
            ClickIntake.Refused(refusal);
            _lane.Answers.WriteProblem(_answer, refusal, _isLast);
        }

        (_click, _append) = (default, default);
        _patience.Write();
        SetBuffer(MemoryMarshal.AsMemory(_answer.WrittenMemory));
        return _socket.SendAsync(this) ? Step.Wait : Step.Answered;
    }

    private Step Answered()
    {
        if (SocketError != SocketError.Success || _isLast)
            return Step.Close;
        _patience.AwaitNextHead();
        if (IsClosing)
            return Step.Close;
        if (++_answered % AnswersInARow != 0)
            return Step.Take;
        ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.Run(Step.Take), this, preferLocal: false);
        return Step.Wait;
    }

    private Step PassOn()
    {
        _patience.Work();
        _listener.PassOn(this, _socket, _buffer[_start.._end]);
        Dispose();
        return Step.Wait;
    }

    private Step Close()
    {
        Interrupt();
        _socket.Dispose();
        _listener.Forget(this);
        Dispose();
        return Step.Wait;
    }
}
