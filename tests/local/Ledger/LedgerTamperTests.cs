using ClickFuncs.Ledger;
using ClickFuncs.Testing.Ledger;

namespace ClickFuncs.Local.Tests.Ledger;

/// <summary>What somebody who can write the file could do to it, triggers or not, and how it is found.</summary>
public sealed class LedgerTamperTests : IDisposable
{
    private static readonly JournalId Dollars = LedgerSamples.Dollars;
    private readonly LedgerFolder _folder = new();

    private static CancellationToken None => CancellationToken.None;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Verify_Untouched_FindsNothing() => Assert.Empty(await VerifyAsync(await FillAsync()));

    [Theory]
    [InlineData("UPDATE legs SET amount_micros = 1 WHERE sequence = 2 AND leg = 0", "entry 2 ('charge:2026-07-30:cmp_2:USD:r1'): its hash")]
    [InlineData("UPDATE legs SET amount_micros = 1 WHERE sequence = 2 AND leg = 0", "must sum to zero")]
    [InlineData("UPDATE legs SET amount_micros = CASE leg WHEN 0 THEN 1 ELSE -1 END WHERE sequence = 2", "entry 2 ('charge:2026-07-30:cmp_2:USD:r1'): its hash")]
    [InlineData("UPDATE legs SET amount_micros = CASE leg WHEN 0 THEN 1 ELSE -1 END WHERE sequence = 2", "the head's balance is 1.50, but the entries sum to 1.050001")]
    [InlineData("UPDATE entries SET clicks = 99 WHERE sequence = 1", "entry 1 ('charge:2026-07-30:cmp_1:USD:r1'): its hash")]
    [InlineData("UPDATE entries SET note = 'x' WHERE sequence = 4", "entry 4 ('payment:bank 1'): its hash")]
    [InlineData("UPDATE entries SET booked_on = 'yesterday' WHERE sequence = 4", "its booked_on is 'yesterday', which nobody posted")]
    [InlineData("UPDATE entries SET kind = 'gift' WHERE sequence = 4", "its kind is 'gift'")]
    [InlineData("DELETE FROM entries WHERE sequence = 2; DELETE FROM legs WHERE sequence = 2", "entry 3 ('charge:2026-07-30:cmp_3:USD:r1'): it follows entry 1")]
    [InlineData("DELETE FROM entries WHERE sequence = 2", "belongs to entry 2, which is missing")]
    [InlineData("DELETE FROM legs WHERE sequence = 2", "entry 2 ('charge:2026-07-30:cmp_2:USD:r1'): its hash")]
    [InlineData("UPDATE entries SET sequence = 9 WHERE sequence = 2; UPDATE entries SET sequence = 2 WHERE sequence = 3; UPDATE entries SET sequence = 3 WHERE sequence = 9", "its hash does not match; it, or its place")]
    [InlineData("DELETE FROM entries WHERE sequence = 4; DELETE FROM legs WHERE sequence = 4", "the head names 4 entries, but the last one is 3")]
    [InlineData("UPDATE journals SET hash = zeroblob(32)", "the head's hash is not that of the last entry")]
    [InlineData("UPDATE journals SET balance_micros = 0", "the head's balance is 0.00, but the entries sum to 1.50")]
    [InlineData("DELETE FROM journals", "belongs to no journal")]
    [InlineData("UPDATE journals SET entries = 0", "has entries, but its head names none")]
    [InlineData("DROP INDEX entries_id; UPDATE entries SET id = 'payment:bank 1' WHERE sequence = 3", "has entry 'payment:bank 1' 2 times")]
    [InlineData("UPDATE entries SET corrects = 'payment:bank 1' WHERE sequence = 3", "corrects 'payment:bank 1', which is not before it")]
    [InlineData("UPDATE entries SET hash = zeroblob(32) WHERE sequence = 3", "entry 3 ('charge:2026-07-30:cmp_3:USD:r1'): its hash")]
    public async Task Verify_TamperedFile_SaysWhat(string sql, string finding)
    {
        await FillAsync();
        Assert.True(_folder.Tamper(sql) > 0);

        Assert.Contains(await VerifyAsync(), sentence => sentence.Contains(finding, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, "its hash does not match")]
    [InlineData(true, "the head names 4 entries, but the last one is 5")]
    public async Task Verify_ForgedRowAtTheEnd_IsFound(bool hashed, string finding)
    {
        await FillAsync();
        var forged = LedgerSamples.Payment(Dollars, "gift");
        var head = (await _folder.Open().GetBalanceAsync(Dollars, None)).Head;
        var hash = hashed ? LedgerEncoding.HashEntry(head.Hash, Dollars, 5, forged) : default;
        _folder.Tamper($"""
            INSERT INTO entries VALUES (1, 5, 'payment:gift', 'payment', '2026-08-02', NULL, '', 0, 0, NULL, 'gift', '', x'{hash}');
            INSERT INTO legs VALUES (1, 5, 0, '{Dollars.Receivable}', -300000), (1, 5, 1, 'cash:USD', 300000);
            """);

        Assert.Contains(await VerifyAsync(), sentence => sentence.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_TailCutWithItsHead_IsFoundByASealOnly()
    {
        var seal = await FillAsync();
        var third = (await _folder.Open().ReadJournalAsync(Dollars, 3, 1, None))[0];
        _folder.Tamper($"""
            DELETE FROM legs WHERE sequence = 4; DELETE FROM entries WHERE sequence = 4;
            UPDATE journals SET entries = 3, hash = x'{third.Hash}', balance_micros = balance_micros + 300000;
            """);

        Assert.Empty(await VerifyAsync());
        Assert.Equal(["Ledger of adv_88f7e6d5 in USD: it was sealed with 4 entries and now has 3; its end was cut off."], await VerifyAsync(seal));
    }

    [Fact]
    public async Task Verify_AllWrittenAnew_IsFoundByASealOnly()
    {
        var seal = await FillAsync();
        _folder.Tamper("DELETE FROM legs; DELETE FROM entries; DELETE FROM journals");
        await FillAsync(micros: 1);

        Assert.Empty(await VerifyAsync());
        Assert.Equal(["Ledger of adv_88f7e6d5 in USD: up to entry 4 it is not what was sealed; it was rewritten."], await VerifyAsync(seal));
    }

    [Fact]
    public async Task Verify_JournalGone_IsFoundByASeal()
    {
        var seal = await FillAsync();
        _folder.Tamper("DELETE FROM legs; DELETE FROM entries; DELETE FROM journals");

        Assert.Equal(["Ledger of adv_88f7e6d5 in USD: it was sealed with entries, and now there is none."], await VerifyAsync(seal));
    }

    [Fact]
    public async Task Verify_AlteredSeal_IsFound()
    {
        var seal = await FillAsync();
        var altered = seal with { Heads = [seal.Heads[0] with { Count = 3 }] };

        Assert.Contains("does not match its own content", Assert.Single(await VerifyAsync(altered)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OlderSeals_StillHold()
    {
        var seal = await FillAsync();
        await _folder.Open().PostAsync(Dollars, [LedgerSamples.Payment(Dollars, "later")], null, None);

        Assert.Empty(await VerifyAsync(seal, await _folder.Open().SealAsync(None)));
    }

    private async Task<LedgerSeal> FillAsync(long micros = 450_000)
    {
        var ledger = _folder.Open();
        LedgerPosting[] postings =
        [
            LedgerSamples.Charge(Dollars, micros, campaign: "cmp_1"), LedgerSamples.Charge(Dollars, 450_000, campaign: "cmp_2"),
            LedgerSamples.Charge(Dollars, 900_000, campaign: "cmp_3"), LedgerSamples.Payment(Dollars),
        ];
        await ledger.PostAsync(Dollars, postings, null, None);
        return await ledger.SealAsync(None);
    }

    private ValueTask<IReadOnlyList<string>> VerifyAsync(params LedgerSeal[] seals) => _folder.Open().VerifyAsync(seals, None);
}
