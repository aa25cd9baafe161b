using System.Text;
using System.Text.Json;
using ClickFuncs.Batch.Statements;
using ClickFuncs.DuckDb;
using ClickFuncs.Ledger;
using ClickFuncs.Testing.Ledger;

namespace ClickFuncs.Batch.Tests.Statements;

public sealed class StatementDocumentTests
{
    /// <summary>The forms that others read are pinned: golden files, compared to the byte.</summary>
    [Theory]
    [InlineData(StatementFormat.Json, "statement.json")]
    [InlineData(StatementFormat.Csv, "statement.csv")]
    [InlineData(StatementFormat.Html, "statement.html")]
    public async Task Write_August_IsTheGoldenFile(StatementFormat format, string golden)
    {
        var expected = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Statements", "golden", golden));
        Assert.Equal(expected, Encoding.UTF8.GetString(await WriteAsync(format)));
    }

    [Theory]
    [InlineData(StatementFormat.Json)]
    [InlineData(StatementFormat.Csv)]
    [InlineData(StatementFormat.Parquet)]
    [InlineData(StatementFormat.Html)]
    public async Task Write_Twice_GivesTheSameBytes(StatementFormat format) => Assert.Equal(await WriteAsync(format), await WriteAsync(format));

    [Fact]
    public async Task Write_Json_LinesSumToTheBalances()
    {
        using var json = JsonDocument.Parse(await WriteAsync(StatementFormat.Json));
        var root = json.RootElement;

        var sum = root.GetProperty("lines").EnumerateArray().Sum(line => line.GetProperty("amount_micros").GetInt64());

        Assert.Equal(root.GetProperty("closing_balance_micros").GetInt64() - root.GetProperty("opening_balance_micros").GetInt64(), sum);
    }

    [Fact]
    public async Task Write_Html_IsOneSafeAccessiblePage()
    {
        var html = Encoding.UTF8.GetString(await WriteAsync(StatementFormat.Html));

        foreach (var part in (string[])["<html lang=\"en\">", "<caption>", "<th scope=\"col\">", "<th scope=\"row\">", "@media print", "adv_&lt;b&gt;&amp;co", "sorry &lt;i&gt;"])
            Assert.Contains(part, html, StringComparison.Ordinal);
        foreach (var part in (string[])["<script", "<i>", "<b>", "http://", "https://", "src=", "href="])
            Assert.DoesNotContain(part, html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Write_CsvOfFormulas_DisarmsThemAndQuotesTheRest()
    {
        var journal = new JournalId("=cmd|' /C calc'!A0", "USD");
        var ledger = new InMemoryLedger();
        await ledger.PostAsync(journal, [LedgerPostings.Payment(journal, "a,\"b\"\r\nc", 5, new DateOnly(2026, 7, 1), "@SUM(A1)")], null, CancellationToken.None);
        var statement = await new StatementBuilder(ledger).BuildAsync(journal, StatementSamples.July, CancellationToken.None);

        var csv = Encoding.UTF8.GetString(await StatementSamples.WriteAsync(statement, StatementFormat.Csv));

        Assert.Contains(
            "\r\n'=cmd|' /C calc'!A0,USD,2026-07,payment,2026-07-01,,,0,-0.000005,-5,\"payment:a,\"\"b\"\"\r\nc\",,\"a,\"\"b\"\"\r\nc\",'@SUM(A1)\r\n",
            csv,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Parquet_HoldsTheRowsWithExactTypes()
    {
        var statement = await StatementSamples.BuildAsync(await StatementSamples.LedgerAsync(), StatementSamples.August);
        var folder = Directory.CreateTempSubdirectory("clickfuncs-parquet-");
        try
        {
            var path = Path.Combine(folder.FullName, "statement.parquet");
            await File.WriteAllBytesAsync(path, await StatementSamples.WriteAsync(statement, StatementFormat.Parquet));
            using var database = DuckDbDatabase.Open(DuckDbDatabase.InMemory);
            using var connection = database.Connect();
            using var rows = connection.Query($"""
                SELECT kind || ' ' || booked_on || ' ' || coalesce(click_day::VARCHAR, '-') || ' ' || entry_id || ' ' || typeof(booked_on) || ' ' || typeof(click_day), clicks, amount_micros
                FROM read_parquet('{path}')
                """);
            var read = new List<(string, long, long)>();
            while (rows.Read())
                read.Add((rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2)));

            Assert.Equal(
                [
                    ("opening 2026-08-01 -  DATE DATE", 0, 1_705_000),
                    ("correction 2026-08-02 2026-07-30 charge:2026-07-30:cmp_1:USD:r2 DATE DATE", -1, -449_999),
                    ("credit 2026-08-03 - credit:goodwill DATE DATE", 0, -100_000),
                    ("payment 2026-08-04 - payment:back DATE DATE", 0, 1_000_000),
                    ("closing 2026-08-31 -  DATE DATE", 0, 2_155_001),
                ],
                read);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Write_ParquetOfManyLines_HoldsThemAll()
    {
        var (ledger, day) = (new InMemoryLedger(), new DateOnly(2026, 7, 1));
        await new DayCharging(ledger).ChargeAsync(
            new DayClose(day, 1, day), [.. Enumerable.Range(1, 5000).Select(i => new CampaignTotal(StatementSamples.Journal, $"cmp_{i}", new ChargeAmount(i, 1)))], CancellationToken.None);
        var statement = await StatementSamples.BuildAsync(ledger, StatementSamples.July);
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, await StatementSamples.WriteAsync(statement, StatementFormat.Parquet));
            using var database = DuckDbDatabase.Open(DuckDbDatabase.InMemory);
            using var connection = database.Connect();
            using var rows = connection.Query($"SELECT count(*), sum(amount_micros) FROM read_parquet('{path}') WHERE kind = 'charge'");
            Assert.True(rows.Read());
            Assert.Equal((5000, 5000 * 5001 / 2), (rows.GetInt64(0), rows.GetInt128(1)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<byte[]> WriteAsync(StatementFormat format) =>
        await StatementSamples.WriteAsync(await StatementSamples.BuildAsync(await StatementSamples.LedgerAsync(), StatementSamples.August), format);
}
