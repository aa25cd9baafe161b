using ClickFuncs.Budgets;
using ClickFuncs.Testing.Budgets;
using FsCheck;
using FsCheck.Fluent;

namespace ClickFuncs.Core.Tests.Budgets;

/// <summary>Spend is the sum of the newest amount of every partition and minute, whatever is repeated and in whatever order it comes.</summary>
public sealed class CampaignSpendProperties
{
    [Fact]
    public void Apply_AnyOrderAndRepetition_EqualsTheNewestOfEachMinute() =>
        Prop.ForAll(Reports().ToArbitrary(), run =>
        {
            var spend = new CampaignSpend();
            foreach (var partial in run.Shuffled)
                spend.Apply(partial);
            return run.Days.All(day => spend.Of(day) == Plain(run.Truth, day))
                && spend.TotalMicros == run.Truth.GroupBy(Slot).Sum(slot => slot.MaxBy(partial => partial.Version).SpendMicros)
                && spend.From(BudgetSamples.Day + 1) == run.Days.Where(day => day > BudgetSamples.Day).Sum(day => Plain(run.Truth, day));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Apply_WithRestartsAndSealing_EqualsTheSame() =>
        Prop.ForAll(Reports().ToArbitrary(), run =>
        {
            // In the order of each partition, as the log has them, with a restart after every report and each report twice.
            SpendState state = new(1, [], [], []);
            var store = new InMemoryBudgetStore();
            foreach (var partial in run.Truth.OrderBy(partial => partial.Version))
            {
                var table = new SpendTable(state);
                // What ended more than an hour before this minute is closed: no partition reports it again.
                var report = new SpendReport(partial.Partition, partial.Version, partial.MinuteStartMs - 3_600_000, [partial]);
                Commit(store, state.Token, table.Apply([report, report]));
                state = store.TakeOverAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
            }

            var end = new SpendTable(state);
            return end.TooLate == 0 && run.Days.All(day => end.Spent("cmp_77b6a5d4", "USD", day) == Plain(run.Truth, day));
        }).QuickCheckThrowOnFailure();

    private static void Commit(InMemoryBudgetStore store, long token, SpendCommit commit)
    {
        if (token == 1)
            token = store.TakeOverAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult().Token;
        store.CommitAsync(token, commit, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    private static long Plain(IEnumerable<SpendPartial> truth, int day) => truth
        .Where(partial => DateTimeOffset.FromUnixTimeMilliseconds(partial.MinuteStartMs).UtcDateTime.Date == BudgetDay.ToDate(day).ToDateTime(TimeOnly.MinValue))
        .GroupBy(Slot)
        .Sum(slot => slot.MaxBy(partial => partial.Version).SpendMicros);

    private static (int, long) Slot(SpendPartial partial) => (partial.Partition, partial.MinuteStartMs);

    // Minutes around midnight, that move on with the versions as a stream does, up to half an hour late.
    private static Gen<Run> Reports() =>
        from seed in Gen.Choose(0, int.MaxValue)
        select Make(new Random(seed));

    private static Run Make(Random random)
    {
        var truth = new List<SpendPartial>();
        var start = 11 * 60;
        for (var version = 1; version <= 1 + random.Next(80); version++)
        {
            start += random.Next(4);
            var minute = start - random.Next(30);
            var partition = random.Next(4);
            var amount = truth.Where(partial => Slot(partial) == (partition, BudgetSamples.Noon + (minute * 60_000L))).Sum(_ => 1L) + random.Next(1_000_000);
            truth.Add(BudgetSamples.Partial(version, amount, partition, minute));
        }

        var shuffled = truth.Concat(truth.Where(_ => random.Next(2) == 0)).ToArray();
        random.Shuffle(shuffled);
        return new Run(truth, shuffled, [BudgetSamples.Day, BudgetSamples.Day + 1, BudgetSamples.Day + 2]);
    }

    private sealed record Run(IReadOnlyList<SpendPartial> Truth, IReadOnlyList<SpendPartial> Shuffled, int[] Days);
}
