using System.Diagnostics.Metrics;
using ClickFuncs.Api.Metrics;
using ClickFuncs.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.Alerts;

/// <summary>Evaluates the alerts while the host runs: what fires is logged once, shown by a metric and by <c>/api/v1/operations</c>.</summary>
internal sealed partial class AlertEvaluator(AlertBoard board, MetricsCollector metrics, IOptions<AlertOptions> options, TimeProvider time, ILogger<AlertEvaluator> logger)
    : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        AlertBaselines.Begin();
        Instruments.ObserveGauge(AlertInstruments.Firing, "{series}", "Series for which an alert fires.", Firing);
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        try
        {
            do
                Evaluate();
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private void Evaluate()
    {
        var (fired, resolved) = board.Take(time.GetUtcNow(), metrics.Read(board.Metrics));
        foreach (var alert in fired)
        {
            if (alert.Rule.Severity == AlertSeverity.Page)
                LogPage(alert.Rule.Id, alert.Labels, alert.Value, alert.Rule.Meaning, alert.Rule.Runbook);
            else
                LogTicket(alert.Rule.Id, alert.Labels, alert.Value, alert.Rule.Meaning, alert.Rule.Runbook);
        }

        foreach (var alert in resolved)
            LogResolved(alert.Rule.Id, alert.Labels);
    }

    private IEnumerable<Measurement<double>> Firing() => board.States
        .Where(state => state.FiredAt is not null)
        .GroupBy(state => state.Rule)
        .Select(firing => new Measurement<double>(
            firing.Count(), new KeyValuePair<string, object?>("alert", firing.Key.Id), new KeyValuePair<string, object?>("severity", AlertText.Of(firing.Key.Severity))));

    [LoggerMessage(8211, LogLevel.Critical, "PAGE {Alert} {Series}: {Value:0.###}. {Meaning} See docs/operations.md#{Runbook}.")]
    private partial void LogPage(string alert, string series, double value, string meaning, string runbook);

    [LoggerMessage(8212, LogLevel.Error, "Alert {Alert} {Series}: {Value:0.###}. {Meaning} See docs/operations.md#{Runbook}.")]
    private partial void LogTicket(string alert, string series, double value, string meaning, string runbook);

    [LoggerMessage(8213, LogLevel.Information, "Alert {Alert} {Series} is over.")]
    private partial void LogResolved(string alert, string series);
}
