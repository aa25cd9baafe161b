using System.Text.Encodings.Web;
using System.Text.Json;
using ClickFuncs.Quarantine;

namespace ClickFuncs.Local.Quarantine;

/// <summary>Quarantined events as lines of JSON: what <c>quarantine list</c> prints and, mended, <c>replay</c> reads. Pure but for reading the file.</summary>
internal static class QuarantineLines
{
    // The lines are never put into HTML, and people mend what is in them.
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(QuarantineEntry entry) => JsonSerializer.Serialize(
        new { partition = entry.Place.Partition, sequence = entry.Place.Sequence, reason = entry.Reason, arrival = entry.Arrival.UtcDateTime, replayed = entry.IsReplayed, @event = entry.Event },
        Json);

    public static string Write(ReplaySummary summary) => JsonSerializer.Serialize(summary, Json);

    /// <summary>The mended events of a file. An event may be text, as it is listed, or an object.</summary>
    /// <exception cref="InvalidDataException">A line is none of these; it says which.</exception>
    public static IReadOnlyList<MendedEvent> ReadMended(FileInfo file)
    {
        var events = new List<MendedEvent>();
        var number = 0;
        foreach (var line in File.ReadLines(file.FullName))
        {
            number++;
            if (line.Length > 0)
                events.Add(Parse(line, file.Name, number));
        }

        return events;
    }

    public static ReplaySummary Add(ReplaySummary one, ReplaySummary other) => new(
        one.Looked + other.Looked, one.Sent + other.Sent, one.AlreadySent + other.AlreadySent,
        one.StillInvalid.Concat(other.StillInvalid).GroupBy(reason => reason.Key, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Sum(reason => reason.Value)),
        one.NotThere + other.NotThere, one.LateAgain + other.LateAgain, one.QuarantinedAgain + other.QuarantinedAgain, one.Unsure + other.Unsure, other.Next);

    private static MendedEvent Parse(string line, string file, int number)
    {
        try
        {
            var entry = JsonElement.Parse(line);
            var mended = entry.GetProperty("event");
            return new MendedEvent(
                new QuarantinePlace(entry.GetProperty("partition").GetInt32(), entry.GetProperty("sequence").GetInt64()),
                mended.ValueKind == JsonValueKind.String ? mended.GetString()! : mended.GetRawText());
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"Line {number} of {file} is no mended event: it needs partition, sequence and event, as 'quarantine list' prints them.", failure);
        }
    }
}
