using Microsoft.Extensions.Logging;

namespace ClickFuncs.Api.Metrics;

internal sealed partial class MetricsCollector
{
    [LoggerMessage(EventId = 1201, Level = LogLevel.Warning, Message = "Some metrics could not be read and are missing from this scrape.")]
    private static partial void LogObserveFailed(ILogger logger, Exception exception);
}
