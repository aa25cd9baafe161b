using ClickFuncs.Api.Problems;

namespace ClickFuncs.Api.Events;

/// <summary>Every way in which a whole batch is refused; nothing of it was taken, or everything may be sent again.</summary>
internal static class EventsProblems
{
    public static readonly Problem NoArray = new(
        "events-malformed", 400, "No batch of events", "Send a complete JSON array as application/json, or a line of JSON per event as application/x-ndjson. Nothing of this was taken.");

    public static readonly Problem TooMany = new(
        "events-too-many", 413, "Too many events", "A batch has at most 1,000 events. Nothing of this was taken; send it in parts.");

    public static readonly Problem Encoded = new(
        "events-encoded", 415, "Compressed body", "Send the events without Content-Encoding.");

    public static readonly Problem Overloaded = new(
        "events-overloaded", 503, "Too many batches at once", "The server has as much in hand as it accepts. Send the batch again in a second; what was taken already counts once.");

    public static readonly Problem NotDurable = new(
        "events-not-recorded", 503, "Events can't be recorded", "Not every event could be made durable. Send the batch again in a second; what was taken already counts once.");
}
