using System.Buffers;
using System.Globalization;
using System.Text;
using ClickFuncs.Money;

namespace ClickFuncs.Batch.Statements;

/// <summary>
/// A statement as CSV after RFC 4180: UTF-8, a header, CRLF, quotes where needed. Text that a spreadsheet would run as a formula
/// gets an apostrophe in front, since ids and notes are other people's; JSON and Parquet have it as it is.
/// </summary>
internal static class StatementCsv
{
    private const string Header = "advertiser_id,currency,month,kind,booked_on,click_day,campaign_id,clicks,amount,amount_micros,entry_id,corrects,reference,note";

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r");

    public static byte[] Write(Statement statement)
    {
        var text = new StringBuilder(Header).Append("\r\n");
        foreach (var row in StatementRow.Of(statement))
        {
            Text(text, statement.Journal.AdvertiserId).Append(',').Append(statement.Journal.Currency).Append(',').Append(statement.Month).Append(',');
            text.Append(CultureInfo.InvariantCulture, $"{row.Kind},{row.BookedOn:yyyy-MM-dd},{row.ClickDay:yyyy-MM-dd},");
            Text(text, row.CampaignId).Append(CultureInfo.InvariantCulture, $",{row.Clicks},");
            text.Append(CultureInfo.InvariantCulture, $"{MoneyText.Format(row.AmountMicros, statement.Journal.Currency)},{row.AmountMicros},");
            Text(Text(Text(Text(text, row.EntryId).Append(','), row.Corrects).Append(','), row.Reference).Append(','), row.Note).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static StringBuilder Text(StringBuilder line, string value)
    {
        if (value.Length > 0 && FormulaStarts.Contains(value[0]))
            value = "'" + value;
        return value.AsSpan().ContainsAny(Quoted)
            ? line.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"')
            : line.Append(value);
    }
}
