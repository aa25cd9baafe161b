using ClickFuncs.Batch.Statements;
using ClickFuncs.Ledger;
using ClickFuncs.Testing.Ledger;

namespace ClickFuncs.Batch.Tests.Statements;

public sealed class StatementBuilderTests
{
    private static readonly JournalId Journal = StatementSamples.Journal;

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Build_MonthOfCharges_StatesItsOwnDays()
    {
        var statement = await StatementSamples.BuildAsync(await StatementSamples.LedgerAsync(), StatementSamples.July);

        Assert.Equal((0, 1_705_000, 6), (statement.OpeningMicros, statement.ClosingMicros, statement.Clicks));
        Assert.Equal(
            ["charge:2026-07-30:cmp_1:USD:r1", "charge:2026-07-30:cmp_=2:USD:r1", "charge:2026-07-31:cmp_1:USD:r1", "payment:bank \"1\", July"],
            statement.Lines.Select(line => line.Posting.EntryId));
        Assert.Equal(4, statement.AsOf!.Sequence);
    }

    [Fact]
    public async Task Build_NextMonth_StatesTheCorrectionOfTheEarlierDay()
    {
        var statement = await StatementSamples.BuildAsync(await StatementSamples.LedgerAsync(), StatementSamples.August);

        Assert.Equal((1_705_000, 1_705_000 - 449_999 - 100_000 + 1_000_000, -1), (statement.OpeningMicros, statement.ClosingMicros, statement.Clicks));
        var correction = statement.Lines[0].Posting;
        Assert.Equal((LedgerEntryKind.Correction, new DateOnly(2026, 7, 30), -449_999), (correction.Kind, correction.ClickDay, correction.AmountMicros));
        Assert.Equal("charge:2026-07-30:cmp_1:USD:r1", correction.Corrects);
    }

    [Fact]
    public async Task Build_MonthWithoutEntries_CarriesTheBalance()
    {
        var ledger = await StatementSamples.LedgerAsync();

        var before = await StatementSamples.BuildAsync(ledger, new StatementMonth(2026, 6));
        var after = await StatementSamples.BuildAsync(ledger, new StatementMonth(2026, 9));

        Assert.Equal((0, 0, 0, null), (before.OpeningMicros, before.ClosingMicros, before.Lines.Count, before.AsOf));
        Assert.Equal((2_155_001, 2_155_001, 0), (after.OpeningMicros, after.ClosingMicros, after.Lines.Count));
    }

    [Theory]
    [InlineData(StatementFormat.Json)]
    [InlineData(StatementFormat.Csv)]
    [InlineData(StatementFormat.Parquet)]
    [InlineData(StatementFormat.Html)]
    public async Task Build_ClosedMonthAfterLaterCorrections_IsTheSameToTheByte(StatementFormat format)
    {
        var ledger = await StatementSamples.LedgerAsync();
        var before = await StatementSamples.WriteAsync(await StatementSamples.BuildAsync(ledger, StatementSamples.July), format);

        await new DayCharging(ledger).ChargeAsync(
            new DayClose(new DateOnly(2026, 7, 31), 2, new DateOnly(2026, 9, 1)), [new CampaignTotal(Journal, "cmp_9", new ChargeAmount(1, 1))], None);

        Assert.Equal(before, await StatementSamples.WriteAsync(await StatementSamples.BuildAsync(ledger, StatementSamples.July), format));
    }

    [Fact]
    public async Task Build_RandomLedgers_ChainMonthsAndStateEachEntryOnce()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var (random, ledger) = (new Random(seed), new InMemoryLedger());
            // What was booked on which day, in a list of its own.
            var booked = new List<(DateOnly Day, long Micros)>();
            for (var i = 0; i < random.Next(60); i++)
            {
                var day = new DateOnly(2026, 1, 1).AddDays(random.Next(120));
                var micros = random.NextInt64(1, 1_000_000_000_000);
                var isCharge = random.Next(2) == 0;
                booked.Add((day, isCharge ? micros : -micros));
                await ledger.PostAsync(
                    Journal,
                    [isCharge ? LedgerPostings.Clicks(Journal, new DayClose(day, 1, day), $"cmp_{i}", new ChargeAmount(micros, 1), null) : LedgerPostings.Payment(Journal, $"{i}", micros, day)],
                    null,
                    None);
            }

            for (var month = 1; month <= 5; month++)
            {
                var statement = await StatementSamples.BuildAsync(ledger, new StatementMonth(2026, month));
                var opening = booked.Where(entry => entry.Day < new DateOnly(2026, month, 1)).Sum(entry => entry.Micros);
                var lines = booked.Where(entry => entry.Day.Month == month).OrderBy(entry => entry.Day).Select(entry => entry.Micros).ToList();
                Assert.True(
                    statement.OpeningMicros == opening && statement.ClosingMicros == opening + lines.Sum()
                    && statement.Lines.Select(line => line.Posting.AmountMicros).SequenceEqual(lines),
                    $"seed {seed}, month {month}");
            }
        }
    }

    [Fact]
    public async Task Build_AlteredEntryOrHead_IsRefused()
    {
        var ledger = await StatementSamples.LedgerAsync();
        var head = (await ledger.GetBalanceAsync(Journal, None)).Head;
        AlteredLedger[] altered =
        [
            new(ledger) { Alter = entry => entry.Sequence == 2 ? entry with { Posting = entry.Posting with { Clicks = 9 } } : entry },
            new(ledger) { Head = head with { BalanceMicros = 0 } },
            new(ledger) { Head = head with { Hash = default } },
            new(ledger) { Head = head with { Count = head.Count + 1 } },
        ];
        foreach (var one in altered)
            await Assert.ThrowsAsync<LedgerCorruptException>(async () => await StatementSamples.BuildAsync(one, StatementSamples.July));
    }

    [Fact]
    public async Task Build_EntryPostedMeanwhile_IsLeftOut()
    {
        var ledger = await StatementSamples.LedgerAsync();
        var expected = await StatementSamples.BuildAsync(ledger, StatementSamples.August);
        var head = (await ledger.GetBalanceAsync(Journal, None)).Head;
        await ledger.PostAsync(Journal, [LedgerPostings.Payment(Journal, "meanwhile", 1, StatementSamples.August.First)], null, None);

        var statement = await StatementSamples.BuildAsync(new AlteredLedger(ledger) { Head = head }, StatementSamples.August);

        Assert.Equal(expected.Lines, statement.Lines);
        Assert.Equal(expected.ClosingMicros, statement.ClosingMicros);
    }

    [Theory]
    [InlineData("2026-7")]
    [InlineData("2026-13")]
    [InlineData("July")]
    [InlineData("2026-07-01")]
    [InlineData("")]
    public void Parse_NoMonth_IsRefused(string text) => Assert.Throws<FormatException>(() => StatementMonth.Parse(text));

    [Fact]
    public void Parse_Month_KnowsItsDays()
    {
        var month = StatementMonth.Parse("2028-02");
        Assert.Equal((new DateOnly(2028, 2, 1), new DateOnly(2028, 2, 29), "2028-02"), (month.First, month.Last, month.ToString()));
        Assert.True(month.Contains(month.First) && month.Contains(month.Last));
        Assert.False(month.Contains(month.First.AddDays(-1)) || month.Contains(month.Last.AddDays(1)));
    }
}
