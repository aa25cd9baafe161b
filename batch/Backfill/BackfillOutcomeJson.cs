using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClickFuncs.Batch.Backfill;

/// <summary>The outcome of a backfill as people and programs read it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NewLine = "\n")]
[JsonSerializable(typeof(BackfillOutcome))]
public sealed partial class BackfillOutcomeJson : JsonSerializerContext
{
    /// <summary>One line of JSON, without a line end.</summary>
    public static string Write(BackfillOutcome outcome) => JsonSerializer.Serialize(outcome, Default.BackfillOutcome);
}
