namespace ClickFuncs.Batch.Archive;

/// <summary>Who waits for a partition to be archived up to a record, and the waking of the one who archives it.</summary>
internal sealed class FlushRequests
{
    private readonly Lock _lock = new();
    private readonly List<(long Next, TaskCompletionSource Done)> _waiting = [];
    private TaskCompletionSource _wake = NewSource();

    /// <summary>Whether somebody waits.</summary>
    public bool IsPending
    {
        get
        {
            lock (_lock)
                return _waiting.Count > 0;
        }
    }

    /// <summary>Asks; completes when everything before <paramref name="next"/> is archived, fails when trying that fails.</summary>
    public Task AddAsync(long next)
    {
        lock (_lock)
        {
            var done = NewSource();
            _waiting.Add((next, done));
            _wake.TrySetResult();
            return done.Task;
        }
    }

    /// <summary>Tells those who wait for no more than is archived.</summary>
    public void Answer(long archivedNext) => Release(request => request.Next <= archivedNext, done => done.TrySetResult());

    /// <summary>Tells all who wait that it failed. Whether they ask again is theirs.</summary>
    public void Fail(Exception failure) => Release(_ => true, done => done.TrySetException(failure));

    /// <summary>Waits until the time is over, somebody asks, or it is time to stop; whichever is first. One waits at a time.</summary>
    public async Task WaitAsync(TimeSpan delay, TimeProvider time, CancellationToken stopping)
    {
        // One task that any of the three completes: nothing runs on another thread than the caller's context, so a simulation can own it.
        var wake = NewSource();
        lock (_lock)
        {
            if (_waiting.Count > 0)
                return;
            _wake = wake;
        }

        await using var over = time.CreateTimer(End, wake, delay, Timeout.InfiniteTimeSpan);
        await using var stop = stopping.UnsafeRegister(End, wake);
        await wake.Task;
    }

    private static void End(object? wake) => ((TaskCompletionSource)wake!).TrySetResult();

    private void Release(Func<(long Next, TaskCompletionSource Done), bool> which, Action<TaskCompletionSource> tell)
    {
        List<(long, TaskCompletionSource Done)> released;
        lock (_lock)
        {
            released = [.. _waiting.Where(which)];
            _waiting.RemoveAll(request => which(request));
        }

        foreach (var (_, done) in released)
            tell(done);
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
