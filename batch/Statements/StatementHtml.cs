using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using ClickFuncs.Ledger;
using ClickFuncs.Money;

namespace ClickFuncs.Batch.Statements;

/// <summary>A statement as a page to read or print: one file, no script, nothing fetched. Every text from outside is encoded.</summary>
internal static class StatementHtml
{
    public static byte[] Write(Statement statement)
    {
        var page = new StringBuilder();
        var title = Encode($"Statement {statement.Month} for {statement.Journal.AdvertiserId}, {statement.Journal.Currency}");
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{title}</title>
            <style>
            {StatementStyle.Css}
            </style>
            </head>
            <body>
            <main>
            <h1>{title}</h1>

            """);
        WriteSummary(page, statement);
        WriteLines(page, statement);
        page.Append(CultureInfo.InvariantCulture, $"""
            <footer>
            <p>Amounts are in {Encode(statement.Journal.Currency)}. Positive amounts are owed, negative ones were paid, credited or given back. Days are UTC.</p>
            <p>From the ledger as of entry {statement.AsOf?.Sequence ?? 0}, SHA-256 <code>{statement.AsOf?.Hash ?? default}</code>.</p>
            </footer>
            </main>
            </body>
            </html>

            """);
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    private static void WriteSummary(StringBuilder page, Statement statement)
    {
        page.Append("<table class=\"summary\">\n<caption>Summary</caption>\n<thead><tr><th scope=\"col\">Item</th><th scope=\"col\" class=\"number\">Amount</th></tr></thead>\n<tbody>\n");
        var currency = statement.Journal.Currency;
        Row($"Balance before {Date(statement.Month.First)}", statement.OpeningMicros);
        Row("Charges", statement.Sum(LedgerEntryKind.Charge));
        Row("Corrections", statement.Sum(LedgerEntryKind.Correction));
        Row("Payments", statement.Sum(LedgerEntryKind.Payment));
        Row("Credits", statement.Sum(LedgerEntryKind.Credit));
        page.Append("</tbody>\n<tfoot>\n");
        Row($"Balance after {Date(statement.Month.Last)}", statement.ClosingMicros);
        page.Append("</tfoot>\n</table>\n");

        void Row(string name, long micros) => page.Append(
            CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{name}</th><td class=\"number\">{MoneyText.Format(micros, currency)}</td></tr>\n");
    }

    private static void WriteLines(StringBuilder page, Statement statement)
    {
        page.Append(CultureInfo.InvariantCulture, $"""
            <table class="lines">
            <caption>Lines, {statement.Lines.Count} entries</caption>
            <thead><tr><th scope="col">Booked</th><th scope="col">Kind</th><th scope="col">Click day</th><th scope="col">Campaign or reference</th><th scope="col" class="number">Clicks</th><th scope="col" class="number">Amount</th><th scope="col">Entry</th></tr></thead>
            <tbody>

            """);
        foreach (var line in statement.Lines)
            WriteLine(page, line.Posting, statement.Journal.Currency);
        page.Append(CultureInfo.InvariantCulture, $"""
            </tbody>
            <tfoot><tr><th scope="row" colspan="4">Sum of the lines</th><td class="number">{statement.Clicks}</td><td class="number">{MoneyText.Format(statement.ClosingMicros - statement.OpeningMicros, statement.Journal.Currency)}</td><td></td></tr></tfoot>
            </table>

            """);
    }

    private static void WriteLine(StringBuilder page, LedgerPosting posting, string currency)
    {
        var corrects = posting.Corrects is null ? "" : $"<br><small>corrects {Encode(posting.Corrects)}</small>";
        var note = posting.Note.Length == 0 ? "" : $"<br><small>{Encode(posting.Note)}</small>";
        var clicks = posting.Kind.IsForClicks() ? posting.Clicks.ToString(CultureInfo.InvariantCulture) : "";
        page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Date(posting.BookedOn)}</td><td>{posting.Kind.Name()}</td><td>{Date(posting.ClickDay)}</td>");
        page.Append(CultureInfo.InvariantCulture, $"<td>{Encode(posting.CampaignId + posting.Reference)}{note}</td><td class=\"number\">{clicks}</td>");
        page.Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{MoneyText.Format(posting.AmountMicros, currency)}</td><td>{Encode(posting.EntryId)}{corrects}</td></tr>\n");
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static string Date(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
