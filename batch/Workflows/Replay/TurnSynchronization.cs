namespace ClickFuncs.Batch.Workflows.Replay;

/// <summary>
/// Keeps a workflow's code on one thread and in one order. A turn feeds it one event and runs whatever that wakes until nothing
/// is left. Code that comes from elsewhere, because the workflow awaited something else than its context, is not run but told of.
/// </summary>
internal sealed class TurnSynchronization(Action strayed) : SynchronizationContext
{
    private const int NoThread = 0;
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();
    private volatile int _thread = NoThread;

    /// <summary>Runs a turn to its end on the calling thread.</summary>
    public void Run(Action turn)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        _thread = Environment.CurrentManagedThreadId;
        try
        {
            turn();
            while (_posted.TryDequeue(out var posted))
                posted.Callback(posted.State);
        }
        finally
        {
            _thread = NoThread;
            SetSynchronizationContext(outer);
        }
    }

    /// <summary>Refuses a use of the context from outside a turn.</summary>
    /// <exception cref="ForeignAwaitException">This is none.</exception>
    public void RequireTurn(string instanceId)
    {
        if (IsInTurn)
            return;
        strayed();
        throw new ForeignAwaitException(instanceId);
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsInTurn)
            _posted.Enqueue((d, state));
        else
            strayed();
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("A workflow has no other thread to send work to.");

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    private bool IsInTurn => _thread == Environment.CurrentManagedThreadId;
}
