using ClickFuncs.Ledger;
using ClickFuncs.Testing.State;

namespace ClickFuncs.Testing.Ledger;

/// <summary>What every ledger does; each adapter's tests inherit it.</summary>
public abstract partial class LedgerContract
{
    private static readonly JournalId Dollars = LedgerSamples.Dollars;

    private static CancellationToken None => CancellationToken.None;

    /// <summary>Opens the ledger under test: the same one through a test, as a further process would.</summary>
    /// <param name="atStep">Called at every step of a write; what it throws is the process dying there.</param>
    protected abstract ILedger Open(Action<string>? atStep = null);

    [Fact]
    public async Task Read_UnknownJournal_IsEmpty()
    {
        var ledger = Open();

        Assert.Empty(await ledger.ReadJournalAsync(Dollars, 1, 10, None));
        Assert.Empty(await ledger.ReadClickDayAsync(Dollars, LedgerSamples.Day, None));
        Assert.Null(await ledger.FindAsync(Dollars, "payment:1", None));
        Assert.Empty(await ledger.ListJournalsAsync(None));
        Assert.Equal(new JournalBalance(JournalHead.Empty(Dollars), CreditLimit.Unlimited), await ledger.GetBalanceAsync(Dollars, None));
    }

    [Fact]
    public async Task Post_EveryKind_IsReadBackInEveryField()
    {
        var ledger = Open();
        foreach (var journal in (JournalId[])[Dollars, LedgerSamples.Yen, LedgerSamples.Other])
        {
            LedgerPosting[] postings =
            [
                LedgerSamples.Charge(journal, campaign: "cmp_ø'\0\n"), LedgerSamples.Correction(journal, campaign: "cmp_ø'\0\n"),
                LedgerSamples.Payment(journal, "ref ø'", note: "zwölf € \"&<"),
                LedgerPostings.Credit(journal, "goodwill", 1, LedgerSamples.Day, "sorry"),
                LedgerPostings.Payment(journal, "back", -300_000, LedgerSamples.Day, "bounced", "payment:ref ø'"),
            ];

            var posted = await ledger.PostAsync(journal, postings, null, None);

            var read = await ledger.ReadJournalAsync(journal, 1, 100, None);
            Assert.Equal(postings, read.Select(entry => entry.Posting));
            Assert.Equal(posted.Entries, read);
            Assert.Equal(5, posted.Added);
            Assert.Equal(read[2], await ledger.FindAsync(journal, "payment:ref ø'", None));
            Assert.Equal(read.Take(2), await ledger.ReadClickDayAsync(journal, LedgerSamples.Day, None));
            Assert.Equal(450_000 - 100_000 - 300_000 - 1 + 300_000, posted.Balance.Head.BalanceMicros);
            Assert.Equal(posted.Balance, await ledger.GetBalanceAsync(journal, None));
        }
    }

    [Fact]
    public async Task Post_OneAfterTheOther_ChainsHashesFromTheFirst()
    {
        var ledger = Open();
        await ledger.PostAsync(Dollars, [LedgerSamples.Charge(Dollars)], null, None);
        await ledger.PostAsync(Dollars, [LedgerSamples.Correction(Dollars), LedgerSamples.Payment(Dollars)], null, None);

        var previous = default(LedgerHash);
        var entries = await ledger.ReadJournalAsync(Dollars, 1, 100, None);
        Assert.Equal([1L, 2, 3], entries.Select(entry => entry.Sequence));
        foreach (var entry in entries)
            Assert.Equal(entry.Hash, previous = LedgerEncoding.HashEntry(previous, Dollars, entry.Sequence, entry.Posting));
        Assert.Equal(previous, (await ledger.GetBalanceAsync(Dollars, None)).Head.Hash);
    }

    [Fact]
    public async Task Post_TheSameAgain_ChangesNothing()
    {
        var ledger = Open();
        LedgerPosting[] postings = [LedgerSamples.Charge(Dollars), LedgerSamples.Payment(Dollars)];
        var first = await ledger.PostAsync(Dollars, postings, JournalHead.Empty(Dollars), None);

        // The head it was decided from is long gone; a repeat is a repeat all the same.
        var again = await ledger.PostAsync(Dollars, [.. postings, postings[0]], JournalHead.Empty(Dollars), None);

        Assert.Equal([.. first.Entries, first.Entries[0]], again.Entries);
        Assert.Equal(0, again.Added);
        Assert.Equal(first.Balance, again.Balance);
        Assert.Equal(2, (await ledger.ReadJournalAsync(Dollars, 1, 10, None)).Count);
    }

    [Fact]
    public async Task Post_SameIdOtherContent_IsRefusedWithBothAndWritesNothing()
    {
        var ledger = Open();
        await ledger.PostAsync(Dollars, [LedgerSamples.Payment(Dollars)], null, None);

        var conflict = await Assert.ThrowsAsync<LedgerConflictException>(async () => await ledger.PostAsync(
            Dollars, [LedgerSamples.Charge(Dollars), LedgerSamples.Payment(Dollars, micros: 310_000)], null, None));

        Assert.Contains("payment:bank 1", conflict.Message, StringComparison.Ordinal);
        Assert.Contains("-0.30 USD", conflict.Message, StringComparison.Ordinal);
        Assert.Contains("-0.31 USD", conflict.Message, StringComparison.Ordinal);
        Assert.Single(await ledger.ReadJournalAsync(Dollars, 1, 10, None));
    }

    [Fact]
    public async Task Post_InvalidOrCorrectingNothing_IsRefusedAndWritesNothing()
    {
        var ledger = Open();
        var valid = LedgerSamples.Charge(Dollars);
        LedgerPosting[] refused =
        [
            valid with { Legs = [valid.Legs[0], valid.Legs[1] with { AmountMicros = -449_999 }] },
            LedgerSamples.Payment(Dollars, micros: 0),
            LedgerSamples.Correction(Dollars, campaign: "cmp_never_charged"),
            LedgerPostings.Payment(Dollars, "x", -5, LedgerSamples.Day, "", "payment:never came"),
        ];
        foreach (var posting in refused)
            await Assert.ThrowsAsync<ArgumentException>(async () => await ledger.PostAsync(Dollars, [valid, posting], null, None));

        Assert.Empty(await ledger.ListJournalsAsync(None));
    }

    [Fact]
    public async Task Post_FromAnOldHead_IsRefusedAndWritesNothing()
    {
        var ledger = Open();
        var head = (await ledger.PostAsync(Dollars, [LedgerSamples.Charge(Dollars)], null, None)).Balance.Head;
        await Open().PostAsync(Dollars, [LedgerSamples.Payment(Dollars)], head, None);

        await Assert.ThrowsAsync<JournalMovedException>(async () => await ledger.PostAsync(Dollars, [LedgerSamples.Correction(Dollars)], head, None));

        Assert.Equal(2, (await ledger.GetBalanceAsync(Dollars, None)).Head.Count);
    }

    [Fact]
    public async Task Read_InPages_GivesEachEntryOnce()
    {
        var ledger = Open();
        await ledger.PostAsync(Dollars, [.. Enumerable.Range(0, 25).Select(i => LedgerSamples.Payment(Dollars, $"{i}"))], null, None);

        var (read, page) = (new List<long>(), await ledger.ReadJournalAsync(Dollars, 1, 7, None));
        for (; page.Count > 0; page = await ledger.ReadJournalAsync(Dollars, read[^1] + 1, 7, None))
            read.AddRange(page.Select(entry => entry.Sequence));

        Assert.Equal(Enumerable.Range(1, 25).Select(i => (long)i), read);
    }

    [Fact]
    public async Task CreditLimit_Exceeded_IsReportedAndStopsNothing()
    {
        var ledger = Open();
        Assert.False((await ledger.PostAsync(Dollars, [LedgerSamples.Charge(Dollars)], null, None)).Balance.IsOverLimit);

        await ledger.SetCreditLimitAsync(Dollars, CreditLimit.Postpaid(450_000), None);
        Assert.False((await ledger.GetBalanceAsync(Dollars, None)).IsOverLimit);
        await ledger.SetCreditLimitAsync(Dollars, CreditLimit.Prepaid, None);
        Assert.True((await Open().GetBalanceAsync(Dollars, None)).IsOverLimit);

        var posted = await ledger.PostAsync(Dollars, [LedgerSamples.Charge(Dollars, campaign: "cmp_2")], null, None);
        Assert.Equal((1, true), (posted.Added, posted.Balance.IsOverLimit));
        Assert.True((await ledger.PostAsync(Dollars, [LedgerSamples.Payment(Dollars, micros: 899_999)], null, None)).Balance.IsOverLimit);
        Assert.False((await ledger.PostAsync(Dollars, [LedgerSamples.Payment(Dollars, "rest", 1)], null, None)).Balance.IsOverLimit);
    }

    [Fact]
    public async Task CreditLimit_BeforeTheFirstEntry_IsKeptAndMakesNoJournal()
    {
        var ledger = Open();
        await ledger.SetCreditLimitAsync(Dollars, CreditLimit.Postpaid(5), None);

        Assert.Empty(await ledger.ListJournalsAsync(None));
        Assert.Equal(CreditLimit.Postpaid(5), (await ledger.PostAsync(Dollars, [LedgerSamples.Charge(Dollars)], null, None)).Balance.Limit);
        await ledger.SetCreditLimitAsync(Dollars, CreditLimit.Unlimited, None);
        Assert.Equal(CreditLimit.Unlimited, (await ledger.GetBalanceAsync(Dollars, None)).Limit);
    }

    [Fact]
    public async Task Seal_OfJournals_HoldsAllHeadsInOrder()
    {
        var ledger = Open();
        foreach (var journal in (JournalId[])[LedgerSamples.Other, Dollars, LedgerSamples.Yen])
            await ledger.PostAsync(journal, [LedgerSamples.Charge(journal)], null, None);

        var seal = await ledger.SealAsync(None);

        Assert.True(seal.IsIntact);
        Assert.Equal(await ledger.ListJournalsAsync(None), seal.Heads);
        Assert.Equal([LedgerSamples.Yen, Dollars, LedgerSamples.Other], seal.Heads.Select(head => head.Journal));
        Assert.Equal(seal.Hash, (await Open().SealAsync(None)).Hash);
    }

    [Fact]
    public async Task Post_KilledAtAnyStep_IsThereInFullOrNotAtAll()
    {
        LedgerPosting[] postings = [LedgerSamples.Charge(Dollars), LedgerSamples.Correction(Dollars), LedgerSamples.Payment(Dollars)];
        var (fatal, crashes) = (0, 0);
        for (var isDone = false; !isDone; fatal++)
        {
            var step = 0;
            try
            {
                await Open(name => step = step++ == fatal ? throw new SimulatedCrashException(name) : step).PostAsync(Dollars, postings, null, None);
                isDone = true;
            }
            catch (SimulatedCrashException)
            {
                crashes++;
            }

            var there = await Open().ReadJournalAsync(Dollars, 1, 10, None);
            Assert.True(there.Count is 0 or 3, $"{there.Count} entries after a crash at step {fatal}");
            Assert.Equal(there.Count, (await Open().GetBalanceAsync(Dollars, None)).Head.Count);
        }

        Assert.True(crashes >= 2, $"only {crashes} crashes");
        Assert.Empty(await new LedgerVerification(Open(), []).RunAsync(None));
    }
}
