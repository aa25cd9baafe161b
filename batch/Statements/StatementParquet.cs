using System.Text;
using ClickFuncs.DuckDb;

namespace ClickFuncs.Batch.Statements;

/// <summary>
/// A statement as Parquet, one row group in the order of the lines: the columns of the CSV without the amount as text, dates
/// as DATE, counts and micros as BIGINT. One thread writes it, so that the bytes are the same every time.
/// </summary>
internal static class StatementParquet
{
    private const string Table = """
        CREATE TABLE rows (
            advertiser_id VARCHAR, currency VARCHAR, month VARCHAR, kind VARCHAR, booked_on VARCHAR, click_day VARCHAR, campaign_id VARCHAR,
            clicks BIGINT, amount_micros BIGINT, entry_id VARCHAR, corrects VARCHAR, reference VARCHAR, note VARCHAR)
        """;

    private const string Select = "SELECT * REPLACE (booked_on::DATE AS booked_on, nullif(click_day, '')::DATE AS click_day) FROM rows";

    public static async ValueTask<byte[]> WriteAsync(Statement statement, CancellationToken cancellationToken)
    {
        // DuckDB writes files and no streams.
        var folder = Directory.CreateTempSubdirectory("clickfuncs-statement-");
        try
        {
            var path = Path.Combine(folder.FullName, "statement.parquet");
            Write(statement, path);
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(Statement statement, string path)
    {
        using var database = DuckDbDatabase.Open(DuckDbDatabase.InMemory, ("threads", "1"));
        using var connection = database.Connect();
        connection.Execute(Table);
        using (var appender = connection.CreateAppender("rows"))
        {
            foreach (var rows in StatementRow.Of(statement).Chunk(appender.Capacity))
            {
                for (var i = 0; i < rows.Length; i++)
                    Fill(appender, i, statement, rows[i]);
                appender.Append(rows.Length);
            }

            appender.Flush();
        }

        connection.Execute($"COPY ({Select}) TO '{path.Replace("'", "''", StringComparison.Ordinal)}' (FORMAT parquet, COMPRESSION zstd)");
    }

    private static void Fill(DuckDbAppender appender, int at, Statement statement, StatementRow row)
    {
        string[] before =
        [
            statement.Journal.AdvertiserId, statement.Journal.Currency, statement.Month.ToString(), row.Kind,
            FormattableString.Invariant($"{row.BookedOn:yyyy-MM-dd}"), FormattableString.Invariant($"{row.ClickDay:yyyy-MM-dd}"), row.CampaignId,
        ];
        string[] after = [row.EntryId, row.Corrects, row.Reference, row.Note];
        for (var i = 0; i < before.Length; i++)
            appender.SetText(i, at, Encoding.UTF8.GetBytes(before[i]));
        appender.Column<long>(before.Length)[at] = row.Clicks;
        appender.Column<long>(before.Length + 1)[at] = row.AmountMicros;
        for (var i = 0; i < after.Length; i++)
            appender.SetText(before.Length + 2 + i, at, Encoding.UTF8.GetBytes(after[i]));
    }
}
