using ClickFuncs.Budgets;
using ClickFuncs.Functions.Cosmos;
using ClickFuncs.Functions.Tests.Documents;
using ClickFuncs.Testing.Budgets;
using ClickFuncs.Testing.Velocity;
using ClickFuncs.Velocity;

namespace ClickFuncs.Functions.Tests.Cosmos;

/// <summary>Budgets and spend on Cosmos DB's rules.</summary>
public sealed class CosmosBudgetsTests : BudgetStoreContract
{
    private readonly InMemoryDocuments _documents = new();
    private readonly CosmosBudgets _store;

    public CosmosBudgetsTests() => _store = new CosmosBudgets(_documents);

    protected override IBudgetStore Budgets => _store;

    protected override ISpendStore Spend => _store;

    private static CancellationToken Never => CancellationToken.None;

    [Fact]
    public async Task Commit_ManySteps_AreFoldedIntoSnapshotsAndReadBack()
    {
        var token = (await Spend.TakeOverAsync(Never)).Token;
        for (var i = 0; i < 450; i++)
            await Spend.CommitAsync(token, new SpendCommit { Partials = [new SpendPartial($"cmp_{i % 7}", "USD", 0, 60_000L * (i % 50), i, i)], ReadThrough = i }, Never);
        var state = await new CosmosBudgets(_documents).TakeOverAsync(Never);
        Assert.Equal((350, 449), (state.Partials.Count, state.ReadThrough));
        Assert.Equal(Enumerable.Range(100, 350).Sum(i => (long)i), state.Partials.Sum(partial => partial.SpendMicros));
        // Head, snapshot, and what came after it.
        Assert.InRange(_documents.Count, 3, 55);
    }

    [Fact]
    public async Task Board_IsShownToWhoeverLooks_OnceEach()
    {
        var lane = await BudgetLane.OpenAsync(1, _store, _store, new BudgetBoard(), new BudgetOptions(), Never);
        await _store.PutAsync(BudgetSamples.Budget(), 0, Never);
        var board = new BudgetBoard();
        lane = await BudgetLane.OpenAsync(1, _store, _store, board, new BudgetOptions(), Never);
        lane.NoteLogEnds(1_000, [0]);
        lane.Decide(1_000);
        var shown = new CosmosBoard(_documents);
        Assert.Null(await shown.ReadNewerAsync(Never));
        await new CosmosBoard(_documents).ShowAsync(board.Current, Never);
        var read = (await shown.ReadNewerAsync(Never))!;
        Assert.Null(await shown.ReadNewerAsync(Never));
        var (expected, actual) = (board.Current.Entries.Single(), read.Entries.Single());
        Assert.Equal((expected.Stored, expected.Figures, expected.Decision, expected.SinceMs), (actual.Stored, actual.Figures, actual.Decision, actual.SinceMs));
        Assert.Equal((board.Current.AsOfMs, board.Current.DecidedAtMs), (read.AsOfMs, read.DecidedAtMs));
    }
}

/// <summary>Velocity flags on Cosmos DB's rules.</summary>
public sealed class CosmosFlagsTests : FlagStoreContract
{
    private readonly InMemoryDocuments _documents = new();

    protected override IFlagStore Open() => new CosmosFlags(_documents);

    [Fact]
    public async Task Read_WithoutTakingOver_SeesWhatIsCommittedAndStopsNobody()
    {
        var store = new CosmosFlags(_documents);
        var owner = await store.TakeOverAsync(CancellationToken.None);
        await store.CommitAsync(owner.Token, new FlagCommit([new VelocityFlag(9, default, 1, 2, 31)], 5, 0), CancellationToken.None);
        var read = await new CosmosFlags(_documents).ReadAsync(CancellationToken.None);
        Assert.Equal((5, 9UL), (read.ReadFrom, read.Flags.Single().Identity));
        await store.CommitAsync(owner.Token, new FlagCommit([], 6, 0), CancellationToken.None);
    }
}
