namespace ClickFuncs.Simulation.Tests.Scheduling;

/// <summary>A timer of a process; it fires among everything else that is ready then.</summary>
internal sealed class SimulatedTimer(SimulatedProcess process, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private bool _isSet;

    /// <summary>When it fires next, in ticks of the scheduler's time.</summary>
    public long DueTicks { get; private set; }

    /// <summary>Whether an entry of the queue is the one that counts.</summary>
    public bool IsDueAt(long dueTicks) => _isSet && DueTicks == dueTicks;

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        _isSet = dueTime != Timeout.InfiniteTimeSpan;
        if (_isSet)
            Set(dueTime);
        return true;
    }

    /// <summary>Hands the callback to its process and waits for the next period, if there is one.</summary>
    public void Fire()
    {
        _isSet = _period > TimeSpan.Zero;
        if (_isSet)
            Set(_period);
        process.Post(_ => callback(state), null);
    }

    /// <inheritdoc/>
    public void Dispose() => _isSet = false;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Set(TimeSpan wait)
    {
        DueTicks = process.Scheduler.Now.Ticks + Math.Max(wait.Ticks, 0);
        process.Scheduler.Schedule(this);
    }
}
