using System.Diagnostics.Metrics;

namespace ClickFuncs.Telemetry;

/// <summary>The metrics of workflows; see <see cref="Instruments"/> for the others.</summary>
public static class WorkflowInstruments
{
    private static readonly Meter Meter = new(Instruments.MeterName);

    /// <summary>Executions that ended; tags <c>workflow</c>, <c>state</c>: completed, failed, cancelled.</summary>
    public static readonly Counter<long> RunsEnded = Meter.CreateCounter<long>(
        "clickfuncs.workflow.runs", "{run}", "Workflow executions that ended, by how.");

    private static readonly Histogram<double> ActivityDuration = Meter.CreateHistogram<double>(
        "clickfuncs.workflow.activity.duration", "s", "Tries of workflow activities.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600] });

    /// <summary>Notes a try of an activity.</summary>
    /// <param name="activity">Its name.</param>
    /// <param name="outcome">What it came to: completed, failed, put_aside.</param>
    /// <param name="took">How long it ran; waiting for its turn is not in it.</param>
    public static void RecordActivity(string activity, string outcome, TimeSpan took) =>
        ActivityDuration.Record(took.TotalSeconds, new("activity", activity), new("outcome", outcome));
}
