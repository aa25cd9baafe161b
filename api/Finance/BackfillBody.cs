using System.Text.Json;
using ClickFuncs.Analytics;
using ClickFuncs.Batch.Backfill;
using Microsoft.AspNetCore.Http;

namespace ClickFuncs.Api.Finance;

/// <summary>Reads what a backfill is asked with.</summary>
internal static class BackfillBody
{
    public const string Expected =
        "Send {\"from\":\"2026-07-01T02:00Z\",\"to\":\"2026-07-01T05:00Z\"}: the range, from inclusive, to exclusive. \"then\" may be \"keep\" (default), \"apply\" or \"discard\".";

    /// <summary>The request in the body; null if there is none.</summary>
    public static async Task<BackfillRequest?> ReadAsync(HttpContext context, ReplayPolicy policy)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            var root = body.RootElement;
            return root.ValueKind == JsonValueKind.Object && Time(root, "from") is { } from && Time(root, "to") is { } to && End(root) is { } end
                ? new BackfillRequest(from, to, end, policy)
                : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // No JSON, or a string that is no text: half a surrogate pair is found only when it is read.
            return null;
        }
    }

    private static DateTimeOffset? Time(JsonElement body, string name) =>
        Text(body, name) is { } text && TimeText.TryParse(text, out var ms) ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    private static BackfillEnd? End(JsonElement body) => !body.TryGetProperty("then", out _) ? BackfillEnd.Keep : Text(body, "then") switch
    {
        "keep" => BackfillEnd.Keep,
        "apply" => BackfillEnd.Apply,
        "discard" => BackfillEnd.Discard,
        _ => null,
    };

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
