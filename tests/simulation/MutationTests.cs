using ClickFuncs.Batch.Archive;
using ClickFuncs.Simulation.Tests.Mutations;
using ClickFuncs.Simulation.Tests.World;
using Xunit.Abstractions;

namespace ClickFuncs.Simulation.Tests;

/// <summary>The simulation is only worth what it finds: each promise is broken on purpose, and it must be noticed within a thousand worlds.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int Worlds = 1000;

    [Fact]
    public Task Simulation_StaleOwnersMayCommit_IsNoticed() => RequireNoticedAsync(new UnfencedOwners());

    [Fact]
    public Task Simulation_PublishedIsNotedBeforeRowsAreOut_IsNoticed() => RequireNoticedAsync(new PublishedBeforeItIs());

    [Fact]
    public Task Simulation_NewOwnerForgetsIds_IsNoticed() => RequireNoticedAsync(new ForgottenIds());

    [Fact]
    public Task Simulation_UpsertIgnoresVersions_IsNoticed() => RequireNoticedAsync(new LastWriterWins());

    [Fact]
    public Task Simulation_AcknowledgedBeforeSynced_IsNoticed() => RequireNoticedAsync(new LyingDisk());

    [Fact]
    public Task Simulation_TornTailRepairCutsTooMuch_IsNoticed() => RequireNoticedAsync(new RepairCutsTooMuch());

    [Fact]
    public Task Simulation_CaptureFileIsNamedBeforeItIsSynced_IsNoticed() => RequireNoticedAsync(new NamedBeforeSynced());

    [Fact]
    public Task Simulation_LakeListsLag_IsNoticed() => RequireNoticedAsync(new StaleListing());

    [Fact]
    public Task Simulation_CloseDoesNotLookAtWhatIsPosted_IsNoticed() => RequireNoticedAsync(new BlindCharges());

    [Fact]
    public Task Simulation_EntryIdsComeFromChance_IsNoticed() => RequireNoticedAsync(new EntryIdsByChance());

    [Fact]
    public Task Simulation_SpendPositionIsCommittedBeforeAmounts_IsNoticed() => RequireNoticedAsync(new TornSpendCommit());

    private async Task RequireNoticedAsync(Mutation mutation)
    {
        for (var seed = 0; seed < Worlds; seed++)
        {
            try
            {
                await Seeds.RunOneAsync(seed, mutation);
            }
            catch (Exception noticed) when (noticed is BrokenInvariantException or Log.LogCorruptException or ArchiveCorruptException)
            {
                output.WriteLine($"{mutation.GetType().Name}: seed {seed}: {noticed.Message}");
                return;
            }
        }

        Assert.Fail($"{Worlds} worlds came to a good end although {mutation.GetType().Name} was built in.");
    }
}
