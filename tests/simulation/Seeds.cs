using ClickFuncs.Simulation.Tests.World;

namespace ClickFuncs.Simulation.Tests;

/// <summary>Which worlds are run.</summary>
internal static class Seeds
{
    /// <summary>How many.</summary>
    public static int Count { get; } = int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_SEEDS"), out var seeds) ? seeds : 300;

    /// <summary>The first one.</summary>
    public static int First { get; } = int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_FIRST_SEED"), out var seed) ? seed : 0;

    /// <summary>How many at a time: all cores, unless somebody wants one for something else.</summary>
    public static int Workers { get; } = int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_WORKERS"), out var workers) ? workers : Environment.ProcessorCount;

    // A thousand times what a world takes; real time, since it is about real threads.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>The only one to run, if somebody looks into a failure.</summary>
    public static int? Single { get; } = int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_SEED"), out var seed) ? seed : null;

    /// <summary>Runs them all, on all cores; each world has one thread.</summary>
    /// <returns>How often each kind of fault happened.</returns>
    public static async Task<Dictionary<string, int>> RunAsync(Mutation mutation)
    {
        var all = new Dictionary<string, int>();
        await Parallel.ForAsync(Single ?? First, Single + 1 ?? First + Count, new ParallelOptions { MaxDegreeOfParallelism = Workers }, async (seed, _) =>
        {
            // On a thread of its own, so that a world that stands still is named and not waited for.
            var happened = await Task.Run(() => HappenedAsync(seed, mutation), CancellationToken.None).WaitAsync(Limit, CancellationToken.None)
                .ContinueWith(
                    run => run.Exception?.InnerException is TimeoutException ? throw new BrokenInvariantException($"Seed {seed} stands still.") : run.GetAwaiter().GetResult(),
                    TaskScheduler.Default);
            lock (all)
            {
                foreach (var (kind, times) in happened)
                    all[kind] = all.GetValueOrDefault(kind) + times;
            }
        });
        return all;
    }

    private static async Task<Dictionary<string, int>> HappenedAsync(int seed, Mutation mutation)
    {
        using var world = new Pipeline(seed, mutation);
        await world.RunAsync();
        await Invariants.CheckAsync(world);
        world.Network.Happened["close"] = world.Books.Count;
        return world.Network.Happened;
    }

    /// <summary>Runs one.</summary>
    /// <returns>A description of how it went that no two different runs share.</returns>
    public static async Task<string> RunOneAsync(int seed, Mutation mutation)
    {
        using var world = new Pipeline(seed, mutation);
        await world.RunAsync();
        await Invariants.CheckAsync(world);
        var faults = string.Join(", ", world.Network.Happened.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => $"{kind.Key} {kind.Value}"));
        return FormattableString.Invariant($"trace {world.Scheduler.Trace:x16}, {world.Scheduler.Steps} steps, {world.Scheduler.Now}, {world.Traffic.Acknowledged.Count} acknowledged, {world.Table.Rows.Count} rows, {faults}");
    }
}
