using ClickFuncs.Ledger;

namespace ClickFuncs.Testing.Ledger;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task Post_TwoWritersAtOnce_LosesAndDoublesNothing()
    {
        const int each = 40;
        ILedger[] writers = [Open(), Open()];

        // Both enter payments of their own, and both enter the same twenty.
        await Task.WhenAll(writers.Select((ledger, writer) => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                var reference = i % 2 == 0 ? $"shared {i}" : $"{writer} {i}";
                await ledger.PostAsync(Dollars, [LedgerSamples.Payment(Dollars, reference)], null, None);
            }
        })));

        var entries = await writers[0].ReadJournalAsync(Dollars, 1, 1000, None);
        Assert.Equal(each + (each / 2), entries.Count);
        Assert.Equal(-300_000L * entries.Count, (await writers[1].GetBalanceAsync(Dollars, None)).Head.BalanceMicros);
        Assert.Empty(await new LedgerVerification(writers[1], []).RunAsync(None));
    }

    [Fact]
    public async Task Charge_WhilePaymentsComeIn_IsPostedOnce()
    {
        var (closing, paying) = (Open(), Open());
        var close = new DayClose(LedgerSamples.Day, 1, LedgerSamples.Day);
        CampaignTotal[] totals = [.. Enumerable.Range(0, 30).Select(i => new CampaignTotal(Dollars, $"cmp_{i}", new ChargeAmount(i + 1, 1)))];

        await Task.WhenAll(
            Task.Run(async () => await new DayCharging(closing).ChargeAsync(close, totals, None)),
            Task.Run(async () => await new DayCharging(paying).ChargeAsync(close, totals, None)),
            Task.Run(async () =>
            {
                for (var i = 0; i < 20; i++)
                    await paying.PostAsync(Dollars, [LedgerSamples.Payment(Dollars, $"{i}", 1)], null, None);
            }));

        Assert.Equal(50, (await closing.ReadJournalAsync(Dollars, 1, 1000, None)).Count);
        Assert.Equal((30 * 31 / 2) - 20, (await closing.GetBalanceAsync(Dollars, None)).Head.BalanceMicros);
    }

    [Fact]
    public async Task Post_RandomPostings_GivesTheJournalsOfThePlainLedger()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var (random, ledger, plain) = (new Random(seed), Open(), new InMemoryLedger());
            JournalId[] journals = [new($"adv_{seed}", "USD"), new($"adv_{seed}", "EUR")];
            for (var round = 0; round < 20; round++)
            {
                var journal = journals[random.Next(2)];
                LedgerPosting[] postings = [.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomPosting(journal, random))];
                var expected = await OutcomeAsync(plain, journal, postings);
                Assert.True(expected == await OutcomeAsync(ledger, journal, postings), $"seed {seed}, round {round}: expected {expected}");
            }

            foreach (var journal in journals)
            {
                Assert.Equal(await plain.ReadJournalAsync(journal, 1, 1000, None), await ledger.ReadJournalAsync(journal, 1, 1000, None));
                Assert.Equal(await plain.GetBalanceAsync(journal, None), await ledger.GetBalanceAsync(journal, None));
            }
        }
    }

    // Few ids and amounts, so that repeats and conflicts are common.
    private static LedgerPosting RandomPosting(JournalId journal, Random random) => random.Next(3) switch
    {
        0 => LedgerSamples.Charge(journal, random.Next(1, 3), campaign: $"cmp_{random.Next(5)}"),
        1 => LedgerSamples.Correction(journal, random.Next(1, 3), campaign: $"cmp_{random.Next(5)}", revision: random.Next(2, 4)),
        _ => LedgerSamples.Payment(journal, $"{random.Next(9)}", random.Next(1, 3)),
    };

    private static async Task<string> OutcomeAsync(ILedger ledger, JournalId journal, LedgerPosting[] postings)
    {
        try
        {
            var posted = await ledger.PostAsync(journal, postings, null, None);
            return $"{posted.Added} {posted.Balance}";
        }
        catch (Exception refusal) when (refusal is ArgumentException or LedgerConflictException)
        {
            return refusal.Message;
        }
    }
}
