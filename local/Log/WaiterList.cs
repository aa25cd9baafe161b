using ClickFuncs.Log;

namespace ClickFuncs.Local.Log;

/// <summary>
/// Everybody who waits for one group. Completed by one work item for the whole group, not one each: the continuations of
/// some dozens run in a row on one thread. A long list is shared out among as many threads as are free.
/// Reused; the committer goes on with the next group meanwhile.
/// </summary>
internal sealed class WaiterList(int partitionCount, Action<WaiterList> recycle) : ICommitListener, IThreadPoolWorkItem
{
    private const int SliceSize = 64;
    private readonly long[] _firstSequences = new long[partitionCount];
    private AppendWaiter[] _waiters = new AppendWaiter[256];
    private LogException? _failure;
    private int _count;
    private int _taken;
    private int _workers;

    /// <summary>Adds one more.</summary>
    public void Add(AppendWaiter waiter)
    {
        if (_count == _waiters.Length)
            Array.Resize(ref _waiters, _count * 2);
        _waiters[_count++] = waiter;
    }

    /// <inheritdoc/>
    public void Committed(ReadOnlySpan<long> firstSequences)
    {
        firstSequences.CopyTo(_firstSequences);
        Dispatch();
    }

    /// <inheritdoc/>
    public void Failed(LogException reason)
    {
        _failure = reason;
        Dispatch();
    }

    /// <inheritdoc/>
    public void Execute()
    {
        while (true)
        {
            var end = Interlocked.Add(ref _taken, SliceSize);
            var start = end - SliceSize;
            if (start >= _count)
                break;
            foreach (var waiter in _waiters.AsSpan(start, Math.Min(end, _count) - start))
            {
                if (_failure is null)
                    waiter.Complete(_firstSequences);
                else
                    waiter.Fail(_failure);
            }
        }

        if (Interlocked.Decrement(ref _workers) == 0)
            Recycle();
    }

    private void Dispatch()
    {
        var workers = Math.Clamp((_count + SliceSize - 1) / SliceSize, 1, Environment.ProcessorCount);
        _workers = workers;
        for (var i = 0; i < workers; i++)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void Recycle()
    {
        Array.Clear(_waiters, 0, _count);
        (_count, _taken, _failure) = (0, 0, null);
        recycle(this);
    }
}
