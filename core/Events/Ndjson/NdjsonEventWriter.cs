using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Events.Ndjson;

/// <summary>
/// Writes events as lines that <see cref="NdjsonEventParser"/> reads back: same names, absent fields left out, the event
/// time as text with milliseconds. What has no place in JSON is lost: unknown fields, rejected input, and bytes of a text
/// that are not UTF-8 (they become U+FFFD). Not thread-safe.
/// </summary>
public sealed class NdjsonEventWriter : IDisposable
{
    private readonly IBufferWriter<byte> _output;
    private readonly Utf8JsonWriter _json;

    /// <summary>Writes to a buffer that the caller drains.</summary>
    public NdjsonEventWriter(IBufferWriter<byte> output)
    {
        _output = output;
        // Relaxed: the lines are never put into HTML, and user agents stay readable.
        _json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    /// <summary>Appends one event and a line feed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type, the non-click reason, the verdict or one of its reasons is none this version knows.</exception>
    public void Write(in EventView view)
    {
        var type = TypeName(view.Type);
        var nonClickReason = NonClickReasonName(view.NonClickReason);
        RequireKnown(view.Verdict);
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString(NdjsonNames.Type, type);
        WriteText(NdjsonNames.ClickId, view.ClickId);
        WriteText(NdjsonNames.AdId, view.AdId);
        WriteText(NdjsonNames.CampaignId, view.CampaignId);
        WriteText(NdjsonNames.AdvertiserId, view.AdvertiserId);
        WriteText(NdjsonNames.AdGroupId, view.AdGroupId);
        WriteText(NdjsonNames.CreativeId, view.CreativeId);
        WriteText(NdjsonNames.UserId, view.UserId);
        if (view.CostMicros != 0)
            _json.WriteNumber(NdjsonNames.CostMicros, view.CostMicros);
        WriteText(NdjsonNames.Currency, view.Currency);
        WriteText(NdjsonNames.Ip, view.Ip);
        WriteText(NdjsonNames.UserAgent, view.UserAgent);
        WriteTime(view.EventTimeMs);
        WriteText(NdjsonNames.Referrer, view.Referrer);
        WriteText(NdjsonNames.Device, view.Device);
        WriteText(NdjsonNames.Country, view.Country);
        WriteText(NdjsonNames.NonClickReason, nonClickReason);
        WriteVerdict(view.Verdict);
        if (view.OverBudget)
            _json.WriteBoolean(NdjsonNames.OverBudget, true);
        _json.WriteEndObject();
        _json.Flush();
        _output.Write("\n"u8);
    }

    /// <summary>Gives the writer's own buffers back; what was written stays.</summary>
    public void Dispose() => _json.Dispose();

    private static ReadOnlySpan<byte> TypeName(EventType type) => type switch
    {
        EventType.Click => "click"u8,
        EventType.Impression => "impression"u8,
        EventType.Conversion => "conversion"u8,
        EventType.NonClick => "non_click"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    private static ReadOnlySpan<byte> NonClickReasonName(NonClickReason reason) => reason switch
    {
        NonClickReason.None => default,
        NonClickReason.Head => "head"u8,
        NonClickReason.Prefetch => "prefetch"u8,
        NonClickReason.Prerender => "prerender"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    private void WriteText(string name, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty)
            _json.WriteString(name, text);
    }

    // Before anything is written: an event is on its line whole or not at all.
    private static void RequireKnown(Verdict verdict)
    {
        _ = verdict.Tier.Code();
        foreach (var reason in verdict.Reasons)
            _ = reason.Code();
    }

    private void WriteVerdict(Verdict verdict)
    {
        if (verdict.IsJudged)
            _json.WriteString(NdjsonNames.Verdict, verdict.Tier.Code());
        if (verdict.Reasons == VerdictReasons.None)
            return;
        _json.WriteStartArray(NdjsonNames.Reasons);
        foreach (var reason in verdict.Reasons)
            _json.WriteStringValue(reason.Code());
        _json.WriteEndArray();
    }

    // A time that no calendar holds is no valid event's, but it is shown as it is.
    private void WriteTime(long epochMs)
    {
        Span<byte> text = stackalloc byte[Iso8601.FormattedLength];
        if (epochMs != 0 && Iso8601.TryFormat(epochMs, text))
            _json.WriteString(NdjsonNames.EventTime, text);
        else if (epochMs != 0)
            _json.WriteNumber(NdjsonNames.EventTime, epochMs);
    }
}
