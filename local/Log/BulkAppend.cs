using ClickFuncs.Log;

namespace ClickFuncs.Local.Log;

/// <summary>A bulk producer waiting for its group.</summary>
internal sealed class BulkAppend(LogGroupBuilder builder) : ICommitListener
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The records; the builder is locked until the group is settled.</summary>
    public RecordGroup Records { get; } = builder.Lend();

    /// <summary>Completes when the group is durable, or fails.</summary>
    public Task Task => _done.Task;

    /// <inheritdoc/>
    public void Committed(ReadOnlySpan<long> firstSequences)
    {
        builder.GiveBack(committed: true);
        _done.SetResult();
    }

    /// <inheritdoc/>
    public void Failed(LogException reason)
    {
        builder.GiveBack(committed: false);
        _done.SetException(reason);
    }
}
