namespace ClickFuncs.Simulation.Tests.Scheduling;

/// <summary>A process's clock: the wall clock may be set wrong or jump, durations and timers follow the scheduler.</summary>
internal sealed class SimulatedClock(SimulatedProcess process) : TimeProvider
{
    /// <summary>Wall clock time at which every world begins.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 7, 1, 23, 50, 0, TimeSpan.Zero);

    /// <summary>By how much the wall clock is wrong.</summary>
    public TimeSpan Skew { get; set; }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Begin + process.Scheduler.Now + Skew;

    /// <inheritdoc/>
    public override long GetTimestamp() => process.Scheduler.Now.Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // Whoever asks is who is woken: a clock may be handed to code of another process by mistake.
        var timer = new SimulatedTimer(process, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
