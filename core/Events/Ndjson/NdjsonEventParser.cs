using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;
using ClickFuncs.Verdicts;

namespace ClickFuncs.Events.Ndjson;

/// <summary>
/// Reads an event from a line of JSON with the fields of <c>ad_event.proto</c> in snake_case, and judges it by
/// <see cref="EventRules"/>. <c>event_time</c> is text as in <see cref="Iso8601"/> or milliseconds since the Unix epoch as
/// a number; <c>type</c> is <c>click</c> unless said; <c>cost_micros</c> is an integer literal. Unknown fields are ignored,
/// null is the same as absent, and of fields that come twice the last one counts. Allocates nothing for a line that is
/// JSON. Not thread-safe.
/// </summary>
public sealed class NdjsonEventParser
{
    private byte[] _scratch = new byte[4096];

    /// <summary>Reads one event.</summary>
    /// <param name="line">The line without its end, or one element of a JSON array.</param>
    /// <param name="view">The event; points into the line and into this parser, so it lasts until the next call.</param>
    /// <param name="reason">Stable code of why it is no event: of <see cref="NdjsonReasons"/> or <see cref="EventDefects"/>.</param>
    /// <returns>Whether it is a valid event.</returns>
    public bool TryParse(ReadOnlySpan<byte> line, out EventView view, [NotNullWhen(false)] out string? reason)
    {
        view = default;
        reason = Read(line, ref view);
        if (reason is not null)
            return false;
        var defect = EventRules.Judge(view);
        if (defect == EventDefect.None)
            return true;
        reason = defect.Code();
        return false;
    }

    private string? Read(ReadOnlySpan<byte> line, ref EventView view)
    {
        if (!Utf8.IsValid(line))
            return EventDefect.InvalidUtf8.Code();
        // Unescaped, all strings together are shorter than the line they were in.
        if (_scratch.Length < line.Length)
            _scratch = new byte[line.Length];
        try
        {
            return ReadObject(line, _scratch, ref view);
        }
        catch (JsonException)
        {
            return NdjsonReasons.InvalidJson;
        }
        catch (InvalidOperationException)
        {
            // The only call in there that throws it is unescaping, on half a surrogate pair, which is no character.
            return NdjsonReasons.InvalidJson;
        }
    }

    // Reads to the end even after a defect, so that broken JSON is always called that.
    private static string? ReadObject(ReadOnlySpan<byte> line, Span<byte> scratch, ref EventView view)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        string? reason = null;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var field = NdjsonNames.Find(Text(ref reader, ref scratch));
                reader.Read();
                reason ??= ReadValue(ref reader, ref scratch, field, ref view);
                reader.Skip();
            }
        }
        else
        {
            reason = NdjsonReasons.NotAnObject;
            reader.Skip();
        }

        reader.Read();
        return reason;
    }

    private static string? ReadValue(
        scoped ref Utf8JsonReader reader, scoped ref Span<byte> scratch, NdjsonField field, ref EventView view)
    {
        if (field == NdjsonField.Unknown)
            return null;
        return reader.TokenType switch
        {
            JsonTokenType.String => NdjsonValues.SetText(ref view, field, Text(ref reader, ref scratch)),
            JsonTokenType.Number when TryGetInteger(ref reader, out var number) => NdjsonValues.SetNumber(ref view, field, number),
            JsonTokenType.StartArray when field == NdjsonField.Reasons => ReadReasons(ref reader, ref scratch, ref view),
            JsonTokenType.True or JsonTokenType.False when field == NdjsonField.OverBudget => SetOverBudget(ref view, reader.TokenType == JsonTokenType.True),
            JsonTokenType.Null => NdjsonValues.SetNull(ref view, field),
            _ => NdjsonReasons.WrongType(field),
        };
    }

    private static string? SetOverBudget(ref EventView view, bool isOverBudget)
    {
        view.OverBudget = isOverBudget;
        return null;
    }

    // Reads to the end of the array even after a defect, as the object goes on behind it.
    private static string? ReadReasons(scoped ref Utf8JsonReader reader, scoped ref Span<byte> scratch, ref EventView view)
    {
        string? defect = null;
        var reasons = VerdictReasons.None;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String)
                defect ??= NdjsonReasons.WrongType(NdjsonField.Reasons);
            else if (VerdictReasonCodes.TryParse(Text(ref reader, ref scratch), out var reason))
                reasons |= reason;
            else
                defect ??= NdjsonReasons.UnknownVerdictReason;
            reader.Skip();
        }

        view.Verdict = view.Verdict with { Reasons = reasons };
        return defect;
    }

    private static ReadOnlySpan<byte> Text(scoped ref Utf8JsonReader reader, scoped ref Span<byte> scratch)
    {
        if (!reader.ValueIsEscaped)
            return reader.ValueSpan;
        var text = scratch[..reader.CopyString(scratch)];
        scratch = scratch[text.Length..];
        return text;
    }

    // An integer too large for a long is still an integer: it saturates, and the rules call it out of range.
    private static bool TryGetInteger(ref Utf8JsonReader reader, out long number)
    {
        if (reader.TryGetInt64(out number))
            return true;
        var digits = reader.ValueSpan;
        var negative = digits[0] == '-';
        number = negative ? long.MinValue : long.MaxValue;
        return !digits[(negative ? 1 : 0)..].ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }
}
