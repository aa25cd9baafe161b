using ClickFuncs.Simulation.Tests.World;

namespace ClickFuncs.Simulation.Tests;

/// <summary>
/// Everything between a click and a visible row in one process, under everything that goes wrong. A failure names its seed, which shows it again:
/// <c>CLICKFUNCS_SEED=17</c> runs that one alone, <c>CLICKFUNCS_SEEDS=100000</c> that many.
/// </summary>
public sealed class PipelineSimulation
{
    [Fact]
    public async Task Pipeline_CrashesStopsMovesPowerLossAndBadNetwork_LosesAndDoublesNothing()
    {
        var happened = await Seeds.RunAsync(Mutation.None);

        // It must have had something to survive.
        if (Seeds.Single == null)
        {
            foreach (var kind in (string[])["kill", "stop", "move", "power loss", "lost call", "append failed", "clock jump", "disk full or free", "kill of another", "close"])
                Assert.True(happened.GetValueOrDefault(kind) > Seeds.Count / 20, $"only {happened.GetValueOrDefault(kind)} times: {kind}");
        }
    }

    [Fact]
    public async Task Pipeline_SameSeed_RunsTheSameWay()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var first = await Seeds.RunOneAsync(seed, Mutation.None);
            var second = await Seeds.RunOneAsync(seed, Mutation.None);
            Assert.Equal(first, second);
        }
    }
}
