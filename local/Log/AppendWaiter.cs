using System.Threading.Tasks.Sources;
using ClickFuncs.Log;

namespace ClickFuncs.Local.Log;

/// <summary>One append on its way to the disk. Reused once its result was taken, so a task of it may be awaited once only.</summary>
internal sealed class AppendWaiter(AppendWaiterPool pool) : IValueTaskSource<LogPosition>
{
    // Continuations run where the group is completed, see WaiterList.
    private ManualResetValueTaskSourceCore<LogPosition> _core;
    private int _partition;
    private int _index;

    /// <summary>Begins a new wait.</summary>
    /// <param name="partition">Partition of the record.</param>
    /// <param name="index">Records of that partition in front of it in its group.</param>
    public ValueTask<LogPosition> Begin(int partition, int index)
    {
        (_partition, _index) = (partition, index);
        return new ValueTask<LogPosition>(this, _core.Version);
    }

    /// <summary>The record is durable.</summary>
    public void Complete(ReadOnlySpan<long> firstSequences) =>
        _core.SetResult(new LogPosition(_partition, firstSequences[_partition] + _index));

    /// <summary>The group could not be made durable.</summary>
    public void Fail(LogException reason) => _core.SetException(reason);

    /// <inheritdoc/>
    public LogPosition GetResult(short token)
    {
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
            throw new InvalidOperationException("An append must be awaited, its result can't be taken before.");
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            pool.Return(this);
        }
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
