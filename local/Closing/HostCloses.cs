using System.Globalization;
using System.Text.Json;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Local.Closing;

/// <summary>Closes days through a running host's HTTP API.</summary>
internal sealed class HostCloses(HostRuns runs)
{
    /// <summary>Starts the close, or finds the one under way, and follows it to its end.</summary>
    /// <exception cref="InvalidOperationException">The host refused; the message is its explanation.</exception>
    public Task<WorkflowStatus> RunAsync(DateOnly date, CancellationToken cancellationToken) => runs.RunAsync(
        "finance/reconciliations", new { date = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) },
        outcome => WorkflowJson.Write(ToOutcome(outcome), "The outcome of a close"), cancellationToken);

    private static CloseOutcome ToOutcome(JsonElement outcome) => new(
        DateOnly.ParseExact(outcome.GetProperty("date").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture), outcome.GetProperty("revision").GetInt32(),
        outcome.GetProperty("is_new").GetBoolean(), [.. outcome.GetProperty("alerts").EnumerateArray().Select(alert => alert.GetString()!)],
        outcome.GetProperty("entries").GetInt32());
}
