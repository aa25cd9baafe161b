using ClickFuncs.Simulation.Tests.World;

namespace ClickFuncs.Simulation.Tests.Spool;

/// <summary>
/// R8 under seeded faults at every await: acknowledged clicks are on the log in the end, each once, and what was drained lies there in the order
/// in which it was spooled. <c>CLICKFUNCS_SEED=17</c> runs one world.
/// </summary>
public sealed class SpoolSimulation
{
    private const int Worlds = 1000;

    [Fact]
    public void Spool_LogAndSpoolFailAndTheHostIsKilled_LosesAndDoublesNothing()
    {
        var all = new Dictionary<string, int>();
        Parallel.For(Seeds.Single ?? 0, Seeds.Single + 1 ?? Seeds.Count, seed =>
        {
            var world = Run(seed, new SpoolWorld(seed));
            lock (all)
            {
                foreach (var (kind, times) in world.Happened)
                    all[kind] = all.GetValueOrDefault(kind) + times;
                all["acknowledged"] = all.GetValueOrDefault("acknowledged") + world.Acknowledged.Count;
            }
        });
        if (Seeds.Single is null)
            Assert.All((string[])["kill", "log refuses", "log stalls", "group fails", "spool fails", "refused", "acknowledged"], kind =>
                Assert.True(all.GetValueOrDefault(kind) > Seeds.Count / 2, $"only {all.GetValueOrDefault(kind)} times: {kind}"));
    }

    [Fact]
    public void Spool_DrainDoesNotLookWhatIsOnTheLog_IsNoticed() => RequireNoticed(seed => new SpoolWorld(seed, isSearching: false), "more than once");

    [Fact]
    public void Spool_AcknowledgesBeforeItIsDurable_IsNoticed() => RequireNoticed(seed => new SpoolWorld(seed, isDurable: false), "not on the log");

    private static SpoolWorld Run(int seed, SpoolWorld world)
    {
        try
        {
            world.Run();
            return world;
        }
        catch (BrokenInvariantException broken)
        {
            throw new BrokenInvariantException($"Seed {seed}: {broken.Message}");
        }
    }

    private static void RequireNoticed(Func<int, SpoolWorld> make, string how)
    {
        for (var seed = 0; seed < Worlds; seed++)
        {
            try
            {
                make(seed).Run();
            }
            catch (BrokenInvariantException noticed) when (noticed.Message.Contains(how, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"{Worlds} worlds came to a good end.");
    }
}
