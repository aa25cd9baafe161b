using System.Text.Json.Serialization;

namespace ClickFuncs.Api.Events;

/// <summary>What became of one event of a batch.</summary>
/// <param name="Index">Its place in the batch, from 0.</param>
/// <param name="Outcome"><c>accepted</c>: it is durable and will be counted, once for its id. <c>rejected</c>: it will not be counted.</param>
/// <param name="EventId">Its id (<c>click_id</c>), if it could be read.</param>
/// <param name="Reason">Stable code of why it was rejected.</param>
/// <param name="Detail">The same as a sentence.</param>
/// <param name="Quarantined">Whether a rejected event was kept, with its bytes and the reason, to be mended.</param>
internal sealed record EventOutcome(
    [property: JsonPropertyOrder(-2)] int Index,
    string Outcome,
    [property: JsonPropertyOrder(-1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? EventId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Quarantined = null);

/// <summary>What became of a batch; everything in it that was accepted or quarantined is durable.</summary>
/// <param name="Accepted">Events that were accepted.</param>
/// <param name="Rejected">Events that were rejected, the quarantined ones included.</param>
/// <param name="Quarantined">Rejected events that were kept to be mended.</param>
/// <param name="Events">The events in the order of the batch.</param>
internal sealed record EventsAnswer(int Accepted, int Rejected, int Quarantined, IReadOnlyList<EventOutcome> Events);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EventsAnswer))]
internal sealed partial class EventsJson : JsonSerializerContext;
