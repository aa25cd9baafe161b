using ClickFuncs.Ledger;
using ClickFuncs.Testing.Ledger;

namespace ClickFuncs.Core.Tests.Ledger;

public sealed class DayChargingTests
{
    private static readonly DateOnly Day = LedgerSamples.Day;
    private readonly InMemoryLedger _ledger = new();

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Charge_JournalMissingFromTheRecount_IsGivenBack()
    {
        await ChargeAsync(1, Total(LedgerSamples.Dollars, 5), Total(LedgerSamples.Other, 7));

        var result = await ChargeAsync(2, Total(LedgerSamples.Dollars, 5));

        var entry = Assert.Single(result.Entries);
        Assert.Equal((LedgerSamples.Other, -7), (entry.Journal, entry.Posting.AmountMicros));
        Assert.Equal(0, (await _ledger.GetBalanceAsync(LedgerSamples.Other, None)).Head.BalanceMicros);
    }

    [Fact]
    public async Task Charge_Again_GivesTheSameEntriesAndAddsNone()
    {
        var first = await ChargeAsync(1, Total(LedgerSamples.Dollars, 5), Total(LedgerSamples.Yen, 7));
        var seal = await _ledger.SealAsync(None);

        Assert.Equal(first.Entries, (await ChargeAsync(1, Total(LedgerSamples.Yen, 7), Total(LedgerSamples.Dollars, 5))).Entries);
        Assert.Equal(seal.Hash, (await _ledger.SealAsync(None)).Hash);
    }

    [Fact]
    public async Task Charge_OtherTruthUnderTheSameRevision_IsRefused()
    {
        await ChargeAsync(1, Total(LedgerSamples.Dollars, 5));
        await Assert.ThrowsAsync<LedgerConflictException>(() => ChargeAsync(1, Total(LedgerSamples.Dollars, 6)));
    }

    [Fact]
    public async Task Charge_OverTheLimit_IsReportedAndPosted()
    {
        await _ledger.SetCreditLimitAsync(LedgerSamples.Dollars, CreditLimit.Prepaid, None);

        var result = await ChargeAsync(1, Total(LedgerSamples.Dollars, 5), Total(LedgerSamples.Yen, 7));

        Assert.Equal(2, result.Entries.Count);
        Assert.Equal(LedgerSamples.Dollars, Assert.Single(result.OverLimit).Head.Journal);
    }

    [Fact]
    public async Task Charge_CampaignTwiceOrNegative_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => ChargeAsync(1, Total(LedgerSamples.Dollars, 5), Total(LedgerSamples.Dollars, 5)));
        await Assert.ThrowsAsync<ArgumentException>(() => ChargeAsync(1, Total(LedgerSamples.Dollars, -5)));
    }

    private static CampaignTotal Total(JournalId journal, long micros) => new(journal, "cmp_1", new ChargeAmount(micros, 1));

    private async Task<DayChargingResult> ChargeAsync(int revision, params CampaignTotal[] totals) =>
        await new DayCharging(_ledger).ChargeAsync(new DayClose(Day, revision, Day.AddDays(1)), totals, None);
}
