using System.Text.Json;

namespace ClickFuncs.Api.Events;

/// <summary>Finds the events in a body: where each begins and ends. What they say is not looked at. Pure.</summary>
internal static class EventBatch
{
    /// <summary>Most events of a batch.</summary>
    public const int MaxEvents = 1000;

    /// <summary>The lines of NDJSON that are not empty. One more than <see cref="MaxEvents"/> at most.</summary>
    public static List<Range> Lines(ReadOnlySpan<byte> body)
    {
        var found = new List<Range>();
        for (var at = 0; at < body.Length && found.Count <= MaxEvents;)
        {
            var length = body[at..].IndexOf((byte)'\n');
            var end = length < 0 ? body.Length : at + length;
            if (body[at..end].ContainsAnyExcept(" \t\r"u8))
                found.Add(at..end);
            at = end + 1;
        }

        return found;
    }

    /// <summary>The elements of a JSON array, one more than <see cref="MaxEvents"/> at most; null when the body is no complete array.</summary>
    public static List<Range>? Elements(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                return null;
            var found = new List<Range>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray && found.Count <= MaxEvents)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                found.Add(start..(int)reader.BytesConsumed);
            }

            return found.Count > MaxEvents || !reader.Read() ? found : null;
        }
        catch (JsonException)
        {
            // The whole is not JSON: nobody knows where its events end, so the sender keeps it.
            return null;
        }
    }
}
