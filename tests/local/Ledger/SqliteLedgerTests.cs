using ClickFuncs.Ledger;
using ClickFuncs.Testing.Ledger;
using Microsoft.Data.Sqlite;

namespace ClickFuncs.Local.Tests.Ledger;

public sealed class SqliteLedgerTests : LedgerContract, IDisposable
{
    private readonly LedgerFolder _folder = new();

    private static CancellationToken None => CancellationToken.None;

    protected override ILedger Open(Action<string>? atStep = null) => _folder.Open(atStep);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Post_ProcessDiesAtAnyStep_FileHasAllOrNothingAndTakesTheRest()
    {
        var journal = LedgerSamples.Dollars;
        LedgerPosting[] postings = [LedgerSamples.Charge(journal), LedgerSamples.Payment(journal)];
        var copies = new List<string>();
        // What the files hold at each step is what a process killed there leaves behind.
        await Open(_ => copies.Add(_folder.CopyNow())).PostAsync(journal, postings, null, None);

        Assert.Equal(8, copies.Count);
        foreach (var (copy, step) in copies.Select((copy, step) => (copy, step)))
        {
            var left = _folder.OpenAt(copy);
            Assert.Equal(step < 7 ? 0 : 2, (await left.ReadJournalAsync(journal, 1, 10, None)).Count);
            await left.PostAsync(journal, postings, null, None);
            Assert.Equal((await Open().SealAsync(None)).Hash, (await left.SealAsync(None)).Hash);
            Assert.Empty(await left.VerifyAsync([], None));
        }
    }

    [Theory]
    [InlineData("UPDATE entries SET clicks = 7")]
    [InlineData("DELETE FROM entries")]
    [InlineData("UPDATE legs SET amount_micros = 7")]
    [InlineData("DELETE FROM legs")]
    [InlineData("DELETE FROM journals")]
    [InlineData("UPDATE journals SET entries = entries - 1")]
    [InlineData("INSERT INTO entries SELECT journal, sequence + 5, 'x', kind, booked_on, click_day, campaign, revision, clicks, corrects, reference, note, hash FROM entries")]
    public async Task File_ChangedBySql_Refuses(string sql)
    {
        await Open().PostAsync(LedgerSamples.Dollars, [LedgerSamples.Charge(LedgerSamples.Dollars)], null, None);

        var refusal = Assert.Throws<SqliteException>(() => _folder.Tamper(sql, withoutGuards: false));

        Assert.Contains("append only", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NewerFormat_IsRefusedWithASentence()
    {
        _folder.Open().Dispose();
        _folder.Tamper("UPDATE meta SET value = '2'");

        var refusal = Assert.Throws<LedgerCorruptException>(() => _folder.Open());

        Assert.Contains("format 2", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoLedger_IsRefusedWithASentence()
    {
        File.WriteAllText(_folder.File, new string('x', 5000));
        Assert.Throws<LedgerCorruptException>(() => _folder.Open());

        File.Delete(_folder.File);
        _folder.Open().Dispose();
        _folder.Tamper("DROP TABLE legs; DROP TABLE entries; DROP TABLE journals");
        Assert.Throws<LedgerCorruptException>(() => _folder.Open());
    }
}
