using ClickFuncs.Events;
using ClickFuncs.Log;

namespace ClickFuncs.Api.Tests.Hosting;

/// <summary>A log in memory whose appends can be held back or made to fail.</summary>
internal sealed class FakeClickLog : IClickLog
{
    private readonly Lock _lock = new();
    private readonly List<(Fingerprint Id, byte[] Record)> _records = [];
    private TaskCompletionSource _arrived = New();
    private TaskCompletionSource? _held;

    public int PartitionCount => 8;

    /// <summary>When set, every append throws it.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What was appended, durable or not.</summary>
    public IReadOnlyList<(Fingerprint Id, byte[] Record)> Records
    {
        get
        {
            lock (_lock)
                return [.. _records];
        }
    }

    /// <summary>Completes when an append has begun since the last <see cref="Hold"/>.</summary>
    public Task Arrived => _arrived.Task;

    /// <summary>From now on appends wait for <see cref="Release"/>.</summary>
    public void Hold() => (_held, _arrived) = (New(), New());

    public void Release()
    {
        var held = _held;
        _held = null;
        held?.SetResult();
    }

    public ValueTask<LogPosition> AppendAsync(Fingerprint id, ReadOnlySpan<byte> record, CancellationToken cancellationToken)
    {
        if (Failure is not null)
            throw Failure;
        lock (_lock)
            _records.Add((id, record.ToArray()));
        _arrived.TrySetResult();
        return FinishAsync(_held?.Task ?? Task.CompletedTask, id.Partition(PartitionCount));
    }

    private static async ValueTask<LogPosition> FinishAsync(Task durable, int partition)
    {
        await durable;
        return new LogPosition(partition, 0);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
