using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClickFuncs.Batch.Reconciliation;

/// <summary>The report as JSON: names in snake case, indented, one newline at the end.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(ReconciliationReport))]
public sealed partial class ReconciliationReportJson : JsonSerializerContext
{
    /// <summary>Writes a report.</summary>
    public static byte[] Write(ReconciliationReport report) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(report, Default.ReconciliationReport), (byte)'\n'];

    /// <summary>Reads a report that <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static async ValueTask<ReconciliationReport> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(stream, Default.ReconciliationReport, cancellationToken)
                ?? throw new InvalidDataException("The reconciliation report is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The reconciliation report can't be read: {e.Message}", e);
        }
    }
}
