using ClickFuncs.Budgets;

namespace ClickFuncs.Testing.Budgets;

/// <summary>What every store of budgets and spend does; each adapter's tests inherit it.</summary>
public abstract class BudgetStoreContract
{
    private static CancellationToken None => CancellationToken.None;

    /// <summary>The store under test; empty, and the same one through a test.</summary>
    protected abstract IBudgetStore Budgets { get; }

    /// <summary>The same store as the keeper of spend.</summary>
    protected abstract ISpendStore Spend { get; }

    [Fact]
    public async Task List_Empty_IsVersionZero()
    {
        Assert.Empty(await Budgets.ListAsync(None));
        Assert.Equal(0, await Budgets.GetVersionAsync(None));
        Assert.Null(await Budgets.FindAsync("cmp_none", None));
    }

    [Fact]
    public async Task Put_NewBudgets_AreReadBackInEveryField()
    {
        var full = BudgetSamples.Budget("cmp_ø") with { End = new DateOnly(2027, 1, 31) };
        var bare = BudgetSamples.Budget("cmp_b") with { DailyMicros = null };

        var first = await Budgets.PutAsync(full, 0, None);
        var second = await Budgets.PutAsync(bare, null, None);

        Assert.True(second.Version > first.Version);
        Assert.Equal(second.Version, await Budgets.GetVersionAsync(None));
        Assert.Equal(first, await Budgets.FindAsync("cmp_ø", None));
        Assert.Equal([second, first], await Budgets.ListAsync(None));
        Assert.Equal(full, first.Budget);
    }

    [Fact]
    public async Task Put_SameBudget_KeepsTheVersion()
    {
        var first = await Budgets.PutAsync(BudgetSamples.Budget(), null, None);

        Assert.Equal(first, await Budgets.PutAsync(BudgetSamples.Budget(), first.Version, None));
        Assert.Equal(first.Version, await Budgets.GetVersionAsync(None));
    }

    [Fact]
    public async Task Put_OtherVersionThanStored_IsRefused()
    {
        await Assert.ThrowsAsync<BudgetConflictException>(async () => await Budgets.PutAsync(BudgetSamples.Budget(), 7, None));
        var first = await Budgets.PutAsync(BudgetSamples.Budget(), 0, None);
        var second = await Budgets.PutAsync(BudgetSamples.Budget() with { DailyMicros = 1 }, first.Version, None);

        await Assert.ThrowsAsync<BudgetConflictException>(async () => await Budgets.PutAsync(BudgetSamples.Budget(), first.Version, None));
        await Assert.ThrowsAsync<BudgetConflictException>(async () => await Budgets.PutAsync(BudgetSamples.Budget(), 0, None));

        Assert.Equal(second, await Budgets.FindAsync(BudgetSamples.Budget().CampaignId, None));
    }

    [Fact]
    public async Task Put_CampaignOfAnotherAdvertiser_IsRefused()
    {
        var stored = await Budgets.PutAsync(BudgetSamples.Budget(), null, None);

        await Assert.ThrowsAsync<BudgetConflictException>(
            async () => await Budgets.PutAsync(BudgetSamples.Budget() with { AdvertiserId = "adv_thief" }, null, None));

        Assert.Equal(stored, await Budgets.FindAsync(stored.Budget.CampaignId, None));
    }

    [Fact]
    public async Task Put_InvalidBudget_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await Budgets.PutAsync(BudgetSamples.Budget() with { Currency = "usd" }, null, None));
        Assert.Equal(0, await Budgets.GetVersionAsync(None));
    }

    [Fact]
    public async Task Put_ManyWritersOfOneVersion_LetsOneThrough()
    {
        var first = await Budgets.PutAsync(BudgetSamples.Budget(), null, None);

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 16).Select(i => Task.Run(async () =>
        {
            try
            {
                await Budgets.PutAsync(BudgetSamples.Budget() with { DailyMicros = i }, first.Version, None);
                return 1;
            }
            catch (BudgetConflictException)
            {
                return 0;
            }
        })));

        Assert.Equal(1, outcomes.Sum());
    }

    [Fact]
    public async Task Commit_EverythingAtOnce_IsReadBack()
    {
        var state = await Spend.TakeOverAsync(None);
        var partial = BudgetSamples.Partial(5, 450_000, partition: 3);
        var day = new SealedSpend("cmp_ø", "EUR", BudgetSamples.Day, 7);
        await Spend.CommitAsync(state.Token, new SpendCommit { Covered = [new(3, 5, 60_000)], Partials = [partial], Sealed = [day], ReadThrough = 41 }, None);

        var read = await Spend.TakeOverAsync(None);

        Assert.True(read.Token > state.Token);
        Assert.Equal([new CoveredPartition(3, 5, 60_000)], read.Covered);
        Assert.Equal([partial], read.Partials);
        Assert.Equal([day], read.Sealed);
        Assert.Equal((-1, 41), (state.ReadThrough, read.ReadThrough));
    }

    [Fact]
    public async Task Commit_LaterValues_ReplaceEarlierOnes()
    {
        var token = (await Spend.TakeOverAsync(None)).Token;
        foreach (var version in (long[])[1, 2, 2])
        {
            await Spend.CommitAsync(token, new SpendCommit
            {
                Covered = [new(0, version, version)],
                Partials = [BudgetSamples.Partial(version, 100 * version)],
                Sealed = [new("cmp", "USD", 1, version)],
            }, None);
        }

        var read = await Spend.TakeOverAsync(None);

        Assert.Equal([BudgetSamples.Partial(2, 200)], read.Partials);
        Assert.Equal([new CoveredPartition(0, 2, 2)], read.Covered);
        Assert.Equal([new SealedSpend("cmp", "USD", 1, 2)], read.Sealed);
    }

    [Fact]
    public async Task Commit_SealedMinutes_LeaveTheStore()
    {
        var token = (await Spend.TakeOverAsync(None)).Token;
        SpendPartial[] partials = [BudgetSamples.Partial(1, 1), BudgetSamples.Partial(1, 1, minutes: 1), BudgetSamples.Partial(1, 1, partition: 1)];
        await Spend.CommitAsync(token, new SpendCommit { Partials = partials }, None);

        await Spend.CommitAsync(token, new SpendCommit { Covered = [new(0, 2, BudgetSamples.Noon + 60_000)] }, None);

        Assert.Equal(partials[1..], (await Spend.TakeOverAsync(None)).Partials.OrderBy(partial => partial.Partition));
    }

    [Fact]
    public async Task Commit_ByAnEarlierOwner_WritesNothing()
    {
        var token = (await Spend.TakeOverAsync(None)).Token;
        var newer = (await Spend.TakeOverAsync(None)).Token;

        await Assert.ThrowsAsync<SpendTakenOverException>(
            async () => await Spend.CommitAsync(token, new SpendCommit { Partials = [BudgetSamples.Partial(1, 1)] }, None));

        Assert.True(newer > token);
        Assert.Empty((await Spend.TakeOverAsync(None)).Partials);
    }

    [Fact]
    public async Task Commit_Forget_KeepsWhatHasABudget()
    {
        await Budgets.PutAsync(BudgetSamples.Budget("cmp_kept"), null, None);
        var token = (await Spend.TakeOverAsync(None)).Token;
        await Spend.CommitAsync(token, new SpendCommit
        {
            Partials = [BudgetSamples.Partial(1, 1, campaign: "cmp_kept"), BudgetSamples.Partial(1, 1, campaign: "cmp_gone")],
            Sealed =
            [
                new("cmp_kept", "USD", BudgetSamples.Day, 1), new("cmp_gone", "USD", BudgetSamples.Day, 1),
                new("cmp_gone", "USD", BudgetSamples.Day + 1, 1),
            ],
        }, None);

        await Spend.CommitAsync(token, new SpendCommit { ForgetBefore = BudgetSamples.Day + 1 }, None);

        var read = await Spend.TakeOverAsync(None);
        Assert.Equal(["cmp_kept"], read.Partials.Select(partial => partial.CampaignId));
        Assert.Equal(
            [("cmp_kept", BudgetSamples.Day), ("cmp_gone", BudgetSamples.Day + 1)], read.Sealed.OrderBy(day => day.Day).Select(day => (day.CampaignId, day.Day)));
    }
}
