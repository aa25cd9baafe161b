using System.Text.Json;
using ClickFuncs.Batch.Backfill;
using ClickFuncs.Batch.Workflows;

namespace ClickFuncs.Local.Closing;

/// <summary>Counts ranges again through a running host's HTTP API, by the host's settings.</summary>
internal sealed class HostBackfills(HostRuns runs)
{
    /// <summary>Starts the backfill, or finds the same one under way, and follows it to its end.</summary>
    /// <exception cref="InvalidOperationException">The host refused; the message is its explanation.</exception>
    public Task<WorkflowStatus> RunAsync(DateTimeOffset from, DateTimeOffset to, BackfillEnd end, CancellationToken cancellationToken) => runs.RunAsync(
        "finance/backfills", new { from = Text(from), to = Text(to), then = Word(end) },
        outcome => WorkflowJson.Write(ToOutcome(outcome), "The outcome of a backfill"), cancellationToken);

    /// <summary>Applies or discards what a run has kept, and follows that to its end.</summary>
    /// <exception cref="InvalidOperationException">The host refused; the message is its explanation.</exception>
    public Task<WorkflowStatus> DecideAsync(string id, BackfillEnd end, CancellationToken cancellationToken) => runs.RunAsync(
        $"finance/backfills/{id}/{Word(end)}", new { }, outcome => WorkflowJson.Write(ToOutcome(outcome), "The outcome of a backfill"), cancellationToken);

    private static string Word(BackfillEnd end) => end switch
    {
        BackfillEnd.Apply => "apply",
        BackfillEnd.Keep => "keep",
        _ => "discard",
    };

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static BackfillOutcome ToOutcome(JsonElement outcome) => outcome.Deserialize(BackfillOutcomeJson.Default.BackfillOutcome)
        ?? throw new InvalidDataException("The host answered with an empty outcome.");
}
