namespace ClickFuncs.Simulation.Tests.Scheduling;

/// <summary>
/// Owns time and the order of everything in a simulated world. All code runs on the caller's thread: whatever is ready is run in an order that
/// the seed decides, and time moves only when nothing is ready. The same seed gives the same run.
/// </summary>
internal sealed class SeededScheduler(int seed)
{
    private readonly Lock _gate = new();
    private readonly List<Callback> _ready = [];
    private readonly PriorityQueue<SimulatedTimer, (long DueTicks, long Order)> _timers = new();
    private long _order;
    private int _processes;

    /// <summary>Every choice of the world is drawn from here.</summary>
    public Random Random { get; } = new(seed);

    /// <summary>Time since the world began; never goes back.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Callbacks run so far.</summary>
    public long Steps { get; private set; }

    /// <summary>A hash of all that ran, in which process and when: two runs that share it went the same way.</summary>
    public ulong Trace { get; private set; } = 14_695_981_039_346_656_037;

    /// <summary>A number from 0 up to but not including <paramref name="n"/> that is 0 one time in n.</summary>
    public bool OneIn(int n) => Random.Next(n) == 0;

    /// <summary>A number for a new process.</summary>
    public int NextNumber() => ++_processes;

    /// <summary>Adds something to run. The committer's thread calls it too, while the scheduler's own waits for it.</summary>
    public void Post(SimulatedProcess process, SendOrPostCallback callback, object? state)
    {
        lock (_gate)
            _ready.Add(new Callback(process, callback, state));
    }

    /// <summary>Puts a timer into the queue; how often it was changed tells which of its entries still counts.</summary>
    public void Schedule(SimulatedTimer timer) => _timers.Enqueue(timer, (timer.DueTicks, _order++));

    /// <summary>Runs until the condition holds.</summary>
    /// <returns>False if nothing was left to do, or the time was over, before it held.</returns>
    public bool RunUntil(Func<bool> isDone, TimeSpan end)
    {
        var outer = SynchronizationContext.Current;
        try
        {
            while (!isDone())
            {
                if (!RunOne() && !MoveTime(end))
                    return isDone();
            }

            return true;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private bool RunOne()
    {
        Callback next;
        lock (_gate)
        {
            if (_ready.Count == 0)
                return false;
            var index = Random.Next(_ready.Count);
            next = _ready[index];
            _ready[index] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
        }

        Steps++;
        Note(next.Process.Number);
        Note(Now.Ticks);
        next.Process.Run(next.Action, next.State);
        return true;
    }

    // FNV-1a, by the word.
    private void Note(long value) => Trace = unchecked((Trace ^ (ulong)value) * 1_099_511_628_211);

    private bool MoveTime(TimeSpan end)
    {
        while (_timers.TryDequeue(out var timer, out var key))
        {
            if (!timer.IsDueAt(key.DueTicks))
                continue;
            if (key.DueTicks > end.Ticks)
                return false;
            Now = new TimeSpan(Math.Max(Now.Ticks, key.DueTicks));
            timer.Fire();
            return true;
        }

        return false;
    }

    private readonly record struct Callback(SimulatedProcess Process, SendOrPostCallback Action, object? State);
}
