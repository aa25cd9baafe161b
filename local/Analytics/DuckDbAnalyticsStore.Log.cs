using Microsoft.Extensions.Logging;

namespace ClickFuncs.Local.Analytics;

internal sealed partial class DuckDbAnalyticsStore
{
    [LoggerMessage(4101, LogLevel.Debug, "Compacted {Rows} published rows in {Steps} steps, {Milliseconds:F0} ms.")]
    private partial void LogCompacted(long rows, int steps, double milliseconds);

    [LoggerMessage(4102, LogLevel.Debug, "Rolled up to {ThroughMs} in {Steps} steps, {Milliseconds:F0} ms.")]
    private partial void LogRolledUp(long throughMs, int steps, double milliseconds);
}
