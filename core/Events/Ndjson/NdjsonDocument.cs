using System.Text.Json;

namespace ClickFuncs.Events.Ndjson;

/// <summary>The general path: any JSON object, with escapes, nesting and white space, and the reason of every refusal.</summary>
internal static class NdjsonDocument
{
    /// <summary>Reads to the end of the line even after a defect, so that broken JSON is always called that.</summary>
    /// <param name="line">Valid UTF-8.</param>
    /// <param name="scratch">At least as long as the line; unescaped strings go here, and the view may point into it.</param>
    /// <param name="view">Filled as far as it could be read.</param>
    /// <returns>The reason why it is no event, or null.</returns>
    public static string? Read(ReadOnlySpan<byte> line, Span<byte> scratch, ref EventView view)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                return NdjsonReasons.NotAnObject;
            string? reason = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var field = NdjsonNames.Find(Text(ref reader, ref scratch));
                reader.Read();
                reason ??= ReadValue(ref reader, ref scratch, field, ref view);
                reader.Skip();
            }

            reader.Read();
            return reason;
        }
        catch (JsonException)
        {
            return NdjsonReasons.InvalidJson;
        }
        catch (InvalidOperationException)
        {
            // The only one of these calls that throws it is unescaping half a surrogate pair, which is no character.
            return NdjsonReasons.InvalidJson;
        }
    }

    private static string? ReadValue(scoped ref Utf8JsonReader reader, scoped ref Span<byte> scratch, NdjsonField field, ref EventView view)
    {
        if (field == NdjsonField.Unknown)
            return null;
        return reader.TokenType switch
        {
            JsonTokenType.String => NdjsonValues.SetText(ref view, field, Text(ref reader, ref scratch)),
            JsonTokenType.Number when TryGetInteger(ref reader, out var number) => NdjsonValues.SetNumber(ref view, field, number),
            JsonTokenType.Null => NdjsonValues.SetNull(ref view, field),
            _ => NdjsonReasons.WrongType(field),
        };
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
