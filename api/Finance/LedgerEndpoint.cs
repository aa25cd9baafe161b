using System.Globalization;
using System.Text.Json;
using ClickFuncs.Ledger;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Finance;

/// <summary>
/// <c>GET /api/v1/finance/ledger/journals</c>: who owes what. <c>GET /api/v1/finance/ledger/entries?advertiser_id&amp;currency&amp;from&amp;limit</c>:
/// a journal's entries in order, from the sequence number <c>from</c> on.
/// </summary>
internal static class LedgerEndpoint
{
    private const int MaxLimit = 1000;

    public static async Task ListAsync(HttpContext context)
    {
        var ledger = context.RequestServices.GetRequiredService<ILedger>();
        var heads = await ledger.ListJournalsAsync(context.RequestAborted);
        var writer = Begin(context);
        await using (writer)
        {
            writer.WriteStartObject();
            Write(writer, heads);
            writer.WriteEndObject();
        }
    }

    /// <summary>Writes what each journal comes to.</summary>
    internal static void Write(Utf8JsonWriter writer, IReadOnlyList<JournalHead> heads)
    {
        writer.WriteStartArray("journals");
        foreach (var head in heads)
        {
            writer.WriteStartObject();
            writer.WriteString("advertiser_id", head.Journal.AdvertiserId);
            writer.WriteString("currency", head.Journal.Currency);
            writer.WriteNumber("entries", head.Count);
            writer.WriteNumber("balance_micros", head.BalanceMicros);
            writer.WriteString("hash", head.Hash.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static async Task EntriesAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (advertiser, currency) = (query["advertiser_id"].ToString(), query["currency"].ToString());
        var isFirst = string.IsNullOrEmpty(query["from"]);
        if (FinanceRequest.Journal(advertiser, currency) is not { } journal || !FinanceRequest.TryLimit(query["limit"], 100, MaxLimit, out var limit)
            || (!long.TryParse(isFirst ? "1" : query["from"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var from) || from < 1))
        {
            await FinanceProblems.BadRequest($"Name advertiser_id, and currency as three capital letters; from is a sequence number from 1, limit a number from 1 to {MaxLimit}.").WriteAsync(context);
            return;
        }

        var ledger = context.RequestServices.GetRequiredService<ILedger>();
        // One more than wanted tells whether there is a next page.
        var entries = await ledger.ReadJournalAsync(journal, from, limit + 1, context.RequestAborted);
        var writer = Begin(context);
        await using (writer)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("entries");
            foreach (var entry in entries.Take(limit))
                Write(writer, entry);
            writer.WriteEndArray();
            writer.WritePropertyName("next");
            if (entries.Count > limit)
                writer.WriteNumberValue(entries[limit].Sequence);
            else
                writer.WriteNullValue();
            writer.WriteEndObject();
        }
    }

    private static Utf8JsonWriter Begin(HttpContext context)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return new Utf8JsonWriter(context.Response.BodyWriter);
    }

    private static void Write(Utf8JsonWriter writer, LedgerEntry entry)
    {
        var posting = entry.Posting;
        writer.WriteStartObject();
        writer.WriteNumber("sequence", entry.Sequence);
        writer.WriteString("id", posting.EntryId);
        writer.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(posting.Kind.ToString()));
        writer.WriteString("booked_on", posting.BookedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteString("click_day", posting.ClickDay?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteString("campaign_id", posting.CampaignId);
        writer.WriteNumber("clicks", posting.Clicks);
        writer.WriteNumber("amount_micros", posting.AmountMicros);
        writer.WriteString("corrects", posting.Corrects);
        writer.WriteString("reference", posting.Reference);
        writer.WriteString("note", posting.Note);
        writer.WriteString("hash", entry.Hash.ToString());
        writer.WriteEndObject();
    }
}
