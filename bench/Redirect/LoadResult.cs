using System.Text.Json;

namespace ClickFuncs.Bench.Redirect;

/// <summary>The figures of one load run that the report shows.</summary>
/// <param name="RequestsPerSecond">Answers per second.</param>
/// <param name="P50">Median latency, microseconds.</param>
/// <param name="P99">99th percentile, microseconds.</param>
/// <param name="Answers">Answers in all.</param>
/// <param name="Failed">Requests that were not answered 302, or not sent in time.</param>
internal readonly record struct LoadResult(double RequestsPerSecond, long P50, long P99, long Answers, long Failed)
{
    /// <summary>Processor time that the server spent on an answer, in microseconds.</summary>
    public double ProcessorMicros { get; init; }

    /// <summary>Reads the summary that the load generator prints.</summary>
    public static LoadResult Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var summary = document.RootElement;
        var latency = summary.GetProperty("latency_us");
        var acknowledged = summary.GetProperty("acknowledged").GetInt64();
        var failed = summary.GetProperty("sent").GetInt64() - acknowledged + summary.GetProperty("unsent").GetInt64();
        return new LoadResult(
            summary.GetProperty("requests_per_second").GetDouble(),
            latency.GetProperty("p50").GetInt64(), latency.GetProperty("p99").GetInt64(), acknowledged, failed);
    }
}
