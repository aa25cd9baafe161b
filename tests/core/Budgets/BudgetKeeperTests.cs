using System.Text;
using ClickFuncs.Budgets;
using ClickFuncs.Testing.Budgets;
using ClickFuncs.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Core.Tests.Budgets;

/// <summary>R23: with the lane stopped or lagging campaigns are held within the limit; when it returns they resume and spend is exact.</summary>
public sealed class BudgetKeeperTests : IAsyncLifetime, IDisposable
{
    private static readonly byte[] Campaign = Encoding.UTF8.GetBytes("cmp_77b6a5d4");

    private readonly ManualClock _clock = new();
    private readonly InMemoryBudgetStore _store = new();
    private readonly FakeSpendSource _source = new();
    private readonly BudgetBoard _board = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly BudgetKeeper _keeper;
    private Task _running = Task.CompletedTask;

    public BudgetKeeperTests() => _keeper = new BudgetKeeper(
        _source, _store, _store, _board, new BudgetOptions(), _clock, NullLogger<BudgetKeeper>.Instance);

    private long NowMs => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task InitializeAsync()
    {
        await _store.PutAsync(BudgetSamples.Budget(), null, CancellationToken.None);
        await _keeper.PrepareAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public void Dispose() => _stop.Dispose();

    [Fact]
    public void Prepare_NothingKnownYet_HoldsEveryBudget()
    {
        Assert.True(_board.IsBlocked(Campaign, NowMs));
        Assert.Equal(BudgetReason.SpendUnknown, Entry().Decision.Reason);
    }

    [Fact]
    public async Task Run_ClicksWaitInASpool_HoldsTheCampaignUntilTheyAreOnTheLog()
    {
        Start();
        await UntilAsync(() => !_board.IsBlocked(Campaign, NowMs));

        _source.IsAllLogged = false;
        await UntilAsync(() => _board.IsBlocked(Campaign, NowMs) && Entry().Decision.Reason == BudgetReason.SpendUnknown);

        _source.IsAllLogged = true;
        await UntilAsync(() => !_board.IsBlocked(Campaign, NowMs));
    }

    [Fact]
    public async Task Run_Reports_OpenTheCampaignAndThenExhaustIt()
    {
        Start();
        await UntilAsync(() => !_board.IsBlocked(Campaign, NowMs));
        _source.Report(BudgetSamples.Report(BudgetSamples.Partial(1, 99_999_999)));
        await UntilAsync(() => Entry().Figures.TodayMicros == 99_999_999);
        _source.Report(BudgetSamples.Report(BudgetSamples.Partial(2, 100_450_000)));
        await UntilAsync(() => Entry().Decision.State == BudgetState.Exhausted);

        Assert.True(_board.IsBlocked(Campaign, NowMs));
        Assert.Equal(100_450_000, Entry().Figures.TodayMicros);
    }

    [Fact]
    public async Task Run_LaneFails_HoldsWithinTheLimitThenResumesExactly()
    {
        Start();
        _source.Report(BudgetSamples.Report(BudgetSamples.Partial(1, 10_000_000)));
        await UntilAsync(() => !_board.IsBlocked(Campaign, NowMs) && Entry().Figures.TodayMicros == 10_000_000);
        _source.Failure = new IOException("The disk is gone.");
        await UntilAsync(() => _keeper.Failure is not null);
        var known = _board.Current.AsOfMs;
        _source.Report(BudgetSamples.Report(BudgetSamples.Partial(2, 25_000_000)));

        Assert.False(_board.IsBlocked(Campaign, known + 4_999));
        Assert.True(_board.IsBlocked(Campaign, known + 5_000));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.True(_board.IsBlocked(Campaign, NowMs));
        _source.Failure = null;
        await UntilAsync(() => !_board.IsBlocked(Campaign, NowMs));
        Assert.Equal(25_000_000, Entry().Figures.TodayMicros);
        Assert.Null(_keeper.Failure);
    }

    // The lane runs, the counting behind it does not: that is seen all the same.
    [Fact]
    public async Task Run_PartitionHangs_HoldsWithinTheLimit()
    {
        Start();
        await UntilAsync(() => !_board.IsBlocked(Campaign, NowMs));
        _source.Record(clicks: 1);
        await UntilAsync(() => _board.IsBlocked(Campaign, NowMs) && Entry().Decision.State == BudgetState.Held);

        Assert.Equal(BudgetReason.SpendUnknown, Entry().Decision.Reason);
        Assert.InRange(NowMs - _board.Current.AsOfMs, 5_000, 7_000);
    }

    [Fact]
    public async Task Run_MidnightUtc_OpensAnExhaustedCampaignAgain()
    {
        Start();
        _source.Report(BudgetSamples.Report(BudgetSamples.Partial(1, 100_000_000)));
        await UntilAsync(() => Entry().Decision.State == BudgetState.Exhausted);
        _clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromMinutes(1) - (_clock.GetUtcNow() - new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero)));
        await UntilAsync(() => Entry().Figures.StalenessMs < 1_000 && _board.Current.DecidedAtMs > NowMs - 1_000);
        Assert.True(_board.IsBlocked(Campaign, NowMs));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await UntilAsync(() => Entry().Decision.State == BudgetState.Active);

        Assert.Equal((0, 100_000_000), (Entry().Figures.TodayMicros, Entry().Figures.TotalMicros));
    }

    [Fact]
    public async Task Run_BudgetIsRaised_IsKnownWithinASecond()
    {
        Start();
        _source.Report(BudgetSamples.Report(BudgetSamples.Partial(1, 100_000_000)));
        await UntilAsync(() => Entry().Decision.State == BudgetState.Exhausted);
        await _store.PutAsync(BudgetSamples.Budget() with { DailyMicros = 200_000_000 }, null, CancellationToken.None);
        var set = NowMs;
        await UntilAsync(() => Entry().Decision.IsOpen);

        Assert.InRange(NowMs - set, 0, 1_500);
    }

    private BudgetEntry Entry()
    {
        Assert.True(_board.Current.TryFind(Campaign, out var entry));
        return entry;
    }

    private void Start() => _running = Task.Run(() => _keeper.RunAsync(_stop.Token));

    private async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; !condition(); i++)
        {
            Assert.True(i < 100_000, "It never came.");
            var reads = _source.Reads;
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            // What the clock woke goes on elsewhere: give it a chance before time moves on.
            for (var turn = 0; turn < 50 && _source.Reads == reads; turn++)
                await Task.Yield();
        }
    }
}
