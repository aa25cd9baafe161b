using ClickFuncs.Simulation.Tests.Scheduling;

namespace ClickFuncs.Simulation.Tests.World;

/// <summary>What lies between processes: it delays and loses, and it is where processes die.</summary>
internal sealed class Network(SeededScheduler scheduler)
{
    /// <summary>Whether anything goes wrong at all; delays stay.</summary>
    public bool IsFaulty { get; set; } = true;

    /// <summary>What happened so far, by kind: a simulation in which nothing goes wrong shows nothing.</summary>
    public Dictionary<string, int> Happened { get; } = [];

    /// <summary>One way of one call.</summary>
    public async Task CrossAsync(SimulatedProcess process)
    {
        if (IsFaulty && process.IsMortal && scheduler.OneIn(150))
            DieOrStop(process);
        await process.DelayAsync(Delay());
        if (IsFaulty && scheduler.OneIn(60))
        {
            Note("lost call");
            throw new IOException("The connection was reset.");
        }
    }

    public void Note(string what) => Happened[what] = Happened.GetValueOrDefault(what) + 1;

    private void DieOrStop(SimulatedProcess process)
    {
        if (scheduler.OneIn(2))
        {
            Note("kill");
            process.Kill();
        }
        else if (!process.IsStopped)
        {
            Note("stop");
            process.Stop();
        }
    }

    private TimeSpan Delay() => scheduler.Random.Next(20) switch
    {
        0 when IsFaulty => TimeSpan.FromMilliseconds(scheduler.Random.Next(4000)),
        < 10 => TimeSpan.Zero,
        _ => TimeSpan.FromMilliseconds(scheduler.Random.Next(1, 20)),
    };
}
