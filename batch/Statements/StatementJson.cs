using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClickFuncs.Ledger;
using ClickFuncs.Money;

namespace ClickFuncs.Batch.Statements;

/// <summary>A statement as JSON. An amount is given twice: as decimal text, exact in any language, and as whole micros.</summary>
internal static class StatementJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Default };

    public static byte[] Write(Statement statement)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
            Write(writer, statement);
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, Statement statement)
    {
        var currency = statement.Journal.Currency;
        writer.WriteStartObject();
        writer.WriteString("advertiser_id", statement.Journal.AdvertiserId);
        writer.WriteString("currency", currency);
        writer.WriteString("month", statement.Month.ToString());
        writer.WriteStartObject("as_of");
        writer.WriteNumber("ledger_entry", statement.AsOf?.Sequence ?? 0);
        writer.WriteString("ledger_hash", (statement.AsOf?.Hash ?? default).ToString());
        writer.WriteEndObject();
        WriteAmount(writer, "opening_balance", statement.OpeningMicros, currency);
        WriteAmount(writer, "charges", statement.Sum(LedgerEntryKind.Charge), currency);
        WriteAmount(writer, "corrections", statement.Sum(LedgerEntryKind.Correction), currency);
        WriteAmount(writer, "payments", statement.Sum(LedgerEntryKind.Payment), currency);
        WriteAmount(writer, "credits", statement.Sum(LedgerEntryKind.Credit), currency);
        WriteAmount(writer, "closing_balance", statement.ClosingMicros, currency);
        writer.WriteNumber("clicks", statement.Clicks);
        writer.WriteStartArray("lines");
        foreach (var line in statement.Lines)
            WriteLine(writer, line, currency);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteLine(Utf8JsonWriter writer, LedgerEntry line, string currency)
    {
        var posting = line.Posting;
        writer.WriteStartObject();
        writer.WriteString("kind", posting.Kind.Name());
        writer.WriteString("booked_on", Date(posting.BookedOn));
        if (posting.ClickDay is { } day)
        {
            writer.WriteString("click_day", Date(day));
            writer.WriteString("campaign_id", posting.CampaignId);
            writer.WriteNumber("clicks", posting.Clicks);
        }

        WriteAmount(writer, "amount", posting.AmountMicros, currency);
        writer.WriteString("entry_id", posting.EntryId);
        WriteUnlessEmpty(writer, "corrects", posting.Corrects);
        WriteUnlessEmpty(writer, "reference", posting.Reference);
        WriteUnlessEmpty(writer, "note", posting.Note);
        writer.WriteEndObject();
    }

    private static void WriteUnlessEmpty(Utf8JsonWriter writer, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            writer.WriteString(name, text);
    }

    private static void WriteAmount(Utf8JsonWriter writer, string name, long micros, string currency)
    {
        writer.WriteString(name, MoneyText.Format(micros, currency));
        writer.WriteNumber(name + "_micros", micros);
    }

    private static string Date(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
