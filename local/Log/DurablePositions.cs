using ClickFuncs.Log;

namespace ClickFuncs.Local.Log;

/// <summary>How far each partition is durable, and who waits for it to go further. Thread-safe.</summary>
internal sealed class DurablePositions(ReadOnlySpan<long> nextSequences)
{
    private readonly Lock _gate = new();
    private readonly long[] _next = nextSequences.ToArray();
    private readonly List<PositionWait> _waits = [];
    private volatile bool _closed;

    /// <summary>Number of partitions.</summary>
    public int PartitionCount => _next.Length;

    /// <summary>Whether the log was closed.</summary>
    public bool IsClosed => _closed;

    /// <summary>Next sequence number of a partition: everything below is durable.</summary>
    public long Next(int partition) => Volatile.Read(ref _next[partition]);

    /// <summary>Moves every partition forward and completes the waits that are met; their continuations run elsewhere.</summary>
    public void Advance(ReadOnlySpan<long> nextSequences)
    {
        lock (_gate)
        {
            for (var p = 0; p < _next.Length; p++)
                Volatile.Write(ref _next[p], nextSequences[p]);
            for (var i = _waits.Count - 1; i >= 0; i--)
            {
                if (_waits[i].Sequence < _next[_waits[i].Partition])
                    Take(i).TrySetResult();
            }
        }
    }

    /// <summary>Completes once <paramref name="sequence"/> is durable.</summary>
    /// <exception cref="LogUnavailableException">The log was closed.</exception>
    public async ValueTask WaitAsync(int partition, long sequence, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (sequence < Next(partition))
            return;
        var wait = new PositionWait(partition, sequence);
        lock (_gate)
        {
            if (sequence < _next[partition])
                return;
            if (_closed)
                throw Closed();
            _waits.Add(wait);
        }

        await using var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (positions, abandoned) = ((DurablePositions, PositionWait))state!;
                positions.Abandon(abandoned, token);
            },
            (this, wait));
        await wait.Task;
    }

    /// <summary>Fails every wait: nothing will be written any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            for (var i = _waits.Count - 1; i >= 0; i--)
                Take(i).TrySetException(Closed());
        }
    }

    /// <summary>What readers of a closed log are told.</summary>
    public static LogUnavailableException Closed() => new("The log was closed.");

    private PositionWait Take(int index)
    {
        var wait = _waits[index];
        _waits[index] = _waits[^1];
        _waits.RemoveAt(_waits.Count - 1);
        return wait;
    }

    private void Abandon(PositionWait wait, CancellationToken token)
    {
        lock (_gate)
            _waits.Remove(wait);
        wait.TrySetCanceled(token);
    }

    private sealed class PositionWait(int partition, long sequence) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public int Partition => partition;

        public long Sequence => sequence;
    }
}
