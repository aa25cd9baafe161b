namespace ClickFuncs.Simulation.Tests.Scheduling;

/// <summary>
/// One operating-system process of the world: what runs in it captures it as its synchronization context, so that killing it ends every task in
/// it at the next await, without a catch, a finally or a word to anybody. A stopped one (SIGSTOP) goes on later where it was, without knowing.
/// </summary>
internal sealed class SimulatedProcess : SynchronizationContext
{
    private readonly List<(SendOrPostCallback Action, object? State)> _held = [];

    /// <summary>A running process.</summary>
    public SimulatedProcess(SeededScheduler scheduler, string name)
    {
        (Scheduler, Name, Number) = (scheduler, name, scheduler.NextNumber());
        Clock = new SimulatedClock(this);
    }

    public SeededScheduler Scheduler { get; }

    public string Name { get; }

    /// <summary>Which process of its world it is, from 1.</summary>
    public int Number { get; }

    /// <summary>The process's own clock.</summary>
    public SimulatedClock Clock { get; }

    /// <summary>Whether the network may kill or stop it. Those who click are outside of the world and live on.</summary>
    public bool IsMortal { get; init; }

    public bool IsDead { get; private set; }

    public bool IsStopped { get; private set; }

    /// <summary>Starts something in the process. What it throws at the end ends the simulation: nothing may fail unseen.</summary>
    public void Start(Func<Task> work) => Post(_ => Observe(work()), null);

    /// <summary>Ends it at once, as SIGKILL does.</summary>
    public void Kill()
    {
        IsDead = true;
        _held.Clear();
    }

    /// <summary>SIGSTOP.</summary>
    public void Stop() => IsStopped = true;

    /// <summary>SIGCONT.</summary>
    public void Continue()
    {
        IsStopped = false;
        foreach (var (action, state) in _held)
            Scheduler.Post(this, action, state);
        _held.Clear();
    }

    /// <summary>Waits in the scheduler's time. Kept apart from <see cref="Clock"/>: the world's doing, not the program's.</summary>
    public Task DelayAsync(TimeSpan delay) => Task.Delay(delay, Clock);

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => Scheduler.Post(this, d, state);

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Only the scheduler calls it.</summary>
    public void Run(SendOrPostCallback action, object? state)
    {
        if (IsDead)
            return;
        if (IsStopped)
        {
            _held.Add((action, state));
            return;
        }

        SetSynchronizationContext(this);
        action(state);
    }

    private static async void Observe(Task work) => await work;
}
