using ClickFuncs.Api.Alerts;
using ClickFuncs.Api.Metrics;

namespace ClickFuncs.Api.Operations;

/// <summary>The host is the whole system: its own metrics tell everything.</summary>
internal sealed class ProcessOperations(AlertBoard board, MetricsCollector metrics, TimeProvider time) : IOperationsSource
{
    private const string Freshness = "clickfuncs_freshness_seconds";

    private static readonly HashSet<string> FreshnessOnly = new(StringComparer.Ordinal) { Freshness };

    /// <inheritdoc/>
    public ValueTask<OperationsReport> ReadAsync(CancellationToken cancellationToken)
    {
        var freshness = metrics.Read(FreshnessOnly);
        var answer = new OperationsAnswer(
            time.GetUtcNow(), IsShared: false, freshness is [var only] ? only.Value : null, AlertAnswers.Of(board.Rules, board.States), LastRuns: null);
        return ValueTask.FromResult(new OperationsReport(answer, metrics.Scrape()));
    }
}
