using System.Globalization;

namespace ClickFuncs.Bench.Redirect;

/// <summary>
/// How long clicks took inside the server, until they were durable, by its own histogram. Not the driver's wait, in which sockets,
/// scheduling and the driver's own core have their part: the requirement speaks of server time.
/// </summary>
/// <param name="Answered">Clicks since the start of the server.</param>
/// <param name="InTime">Those of them that took at most 10 ms.</param>
internal readonly record struct ServerTime(long Answered, long InTime)
{
    private const string Name = "clickfuncs_redirect_duration_seconds";

    /// <summary>Reads it from the text of <c>/metrics</c>.</summary>
    /// <exception cref="FormatException">The histogram or its bound of 10 ms is missing.</exception>
    public static ServerTime Parse(string metrics) => new(Value(metrics, $"{Name}_count"), Value(metrics, $"{Name}_bucket{{le=\"0.01\"}}"));

    /// <summary>What came in between.</summary>
    public static ServerTime operator -(ServerTime later, ServerTime earlier) => new(later.Answered - earlier.Answered, later.InTime - earlier.InTime);

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"server time: {InTime} of {Answered} clicks within 10 ms, {InTime * 100m / Math.Max(1, Answered):F2} %");

    private static long Value(string metrics, string series)
    {
        var line = metrics.Split('\n').FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal))
            ?? throw new FormatException($"The server's metrics have no {series}.");
        return long.Parse(line.AsSpan(series.Length), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }
}
