using ClickFuncs.Log;
using ClickFuncs.Telemetry;

namespace ClickFuncs.Local.Log;

/// <summary>
/// Between those who append and the committer. Single appends are copied into the open group under a short lock; while one
/// group is being committed the next one fills, so the disk's own speed sets the group size. Bounded: what is beyond the
/// limits is refused at once. Bulk groups queue beside and take turns with the open group.
/// </summary>
internal sealed class AppendQueue : IDisposable
{
    private static readonly KeyValuePair<string, object?> Overloaded = new("reason", "overloaded");
    private static readonly KeyValuePair<string, object?> Unavailable = new("reason", "unavailable");
    private readonly int _partitionCount;
    private readonly KeyValuePair<string, object?> _tag;
    private readonly Admission _admission;
    private readonly AppendWaiterPool _waiterPool = new();
    private readonly Stack<WaiterList> _freeLists = [];
    private readonly Queue<BulkAppend> _bulk = [];
    private readonly SemaphoreSlim _bulkSlots;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly AutoResetEvent _hurry = new(initialState: false);
    private readonly Lock _gate = new();
    private RecordGroup _open;
    private RecordGroup _spare;
    private WaiterList _waiters;
    private bool _committerIdle;
    private bool _bulkTurn;

    /// <summary>An empty queue.</summary>
    public AppendQueue(SegmentLogOptions options, TimeProvider time)
    {
        const int KeepBytes = 4 << 20;
        (_partitionCount, _admission) = (options.PartitionCount, new Admission(options, time));
        _tag = new KeyValuePair<string, object?>("log", options.Name);
        var keep = Math.Max(options.PartitionCount, KeepBytes / LogFormat.ChunkBytes);
        _open = new RecordGroup(options.PartitionCount, keep);
        _spare = new RecordGroup(options.PartitionCount, keep);
        _waiters = new WaiterList(options.PartitionCount, Recycle);
        _bulkSlots = new SemaphoreSlim(options.MaxPendingGroups);
    }

    /// <summary>Copies one record into the open group. The task completes when it is durable, or at once with a
    /// <see cref="LogOverloadedException"/> or <see cref="LogUnavailableException"/>; then nothing was copied.</summary>
    public ValueTask<LogPosition> Add(int partition, ReadOnlySpan<byte> record)
    {
        Refusal? refusal;
        lock (_gate)
        {
            refusal = _admission.RefusalNow();
            if (refusal is null && _admission.TryEnter(record.Length))
            {
                var waiter = _waiterPool.Rent();
                var task = waiter.Begin(partition, _open.Add(partition, record));
                _waiters.Add(waiter);
                WakeCommitter();
                return task;
            }
        }

        Instruments.LogFailures.Add(1, _tag, refusal is null ? Overloaded : Unavailable);
        return ValueTask.FromException<LogPosition>(refusal is null
            ? new LogOverloadedException("The log has as many appends waiting for the disk as it accepts.")
            : refusal.ToException());
    }

    /// <summary>Queues a bulk group, waiting for a place first. The task completes when it is durable.</summary>
    /// <param name="builder">At least one record; locked until the task completes.</param>
    /// <param name="cancellationToken">Ends the wait for a place; a group that has its place is committed.</param>
    public async Task AddAsync(LogGroupBuilder builder, CancellationToken cancellationToken)
    {
        await _bulkSlots.WaitAsync(cancellationToken);
        try
        {
            BulkAppend append;
            lock (_gate)
            {
                if (_admission.RefusalNow() is { } refusal)
                    throw refusal.ToException();
                append = new BulkAppend(builder);
                _bulk.Enqueue(append);
                _hurry.Set();
                WakeCommitter();
            }

            await append.Task;
        }
        finally
        {
            _bulkSlots.Release();
        }
    }

    /// <summary>The next group to commit; waits for one. False once stopped and drained. Only for the committer.</summary>
    public bool TryTake(out CommitWork work)
    {
        while (true)
        {
            lock (_gate)
            {
                if (TryTakeNow(out work))
                    return true;
                if (_admission.IsStopped)
                    return false;
                _committerIdle = true;
            }

            _wake.WaitOne();
        }
    }

    /// <summary>Gives the open group time to fill; ends early when a bulk group comes or the queue stops. Only for the committer.</summary>
    public void Gather(TimeSpan time)
    {
        lock (_gate)
        {
            if (_bulk.Count > 0 || _admission.IsStopped)
                return;
            _hurry.Reset();
        }

        _hurry.WaitOne(time);
    }

    /// <summary>A taken group is settled: its memory is used again, and its place in the limits is free.</summary>
    public void Release(CommitWork work)
    {
        // A bulk group belongs to its producer, who may already be filling it again.
        if (work.Records != _spare)
            return;
        lock (_gate)
        {
            _admission.Leave(_spare);
            _spare.Clear();
        }
    }

    /// <summary>Appends are refused from now on, for the given reason; null: they are accepted again.</summary>
    public void Refuse(Refusal? refusal)
    {
        lock (_gate)
            _admission.Refuse(refusal);
    }

    /// <summary>Takes nothing more; the committer drains what is there and stops.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _admission.Stop();
            _hurry.Set();
            WakeCommitter();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _wake.Dispose();
        _hurry.Dispose();
    }

    private bool TryTakeNow(out CommitWork work)
    {
        if (_bulk.Count > 0 && (_bulkTurn || _open.RecordCount == 0))
        {
            var bulk = _bulk.Dequeue();
            work = new CommitWork(bulk.Records, bulk);
            _bulkTurn = false;
            return true;
        }

        if (_open.RecordCount == 0)
        {
            work = default;
            return false;
        }

        work = new CommitWork(_open, _waiters);
        (_open, _spare) = (_spare, _open);
        _waiters = _freeLists.TryPop(out var list) ? list : new WaiterList(_partitionCount, Recycle);
        _bulkTurn = true;
        return true;
    }

    private void WakeCommitter()
    {
        if (!_committerIdle)
            return;
        _committerIdle = false;
        _wake.Set();
    }

    private void Recycle(WaiterList list)
    {
        lock (_gate)
            _freeLists.Push(list);
    }
}
