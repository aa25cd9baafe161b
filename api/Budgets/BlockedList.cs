using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using ClickFuncs.Budgets;

namespace ClickFuncs.Api.Budgets;

/// <summary>The campaigns to stop, as the feed answers them, with a tag that names this content.</summary>
/// <param name="Body">The answer in JSON.</param>
/// <param name="Tag">A strong ETag: the same content has the same tag, on every server and after every restart.</param>
internal sealed record BlockedList(ReadOnlyMemory<byte> Body, string Tag)
{
    /// <summary>The list as of a time.</summary>
    public static BlockedList Of(BudgetSnapshot snapshot, long nowMs, BudgetOptions options)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("blocked");
            foreach (var entry in snapshot.Entries.Where(entry => entry.IsBlocked(nowMs)).OrderBy(entry => entry.Stored.Budget.CampaignId, StringComparer.Ordinal))
                Write(writer, entry.At(nowMs, options));
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return new BlockedList(body.WrittenMemory, $"\"{Convert.ToHexStringLower(SHA256.HashData(body.WrittenSpan).AsSpan(0, 12))}\"");
    }

    private static void Write(Utf8JsonWriter writer, BudgetEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("campaign_id", entry.Stored.Budget.CampaignId);
        writer.WriteString("state", BudgetJson.Code(entry.Decision.State));
        writer.WriteString("reason", BudgetJson.Code(entry.Decision.Reason));
        writer.WriteString("since", BudgetJson.Time(entry.SinceMs));
        writer.WriteEndObject();
    }
}
