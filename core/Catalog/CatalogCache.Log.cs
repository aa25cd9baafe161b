using Microsoft.Extensions.Logging;

namespace ClickFuncs.Catalog;

public sealed partial class CatalogCache
{
    [LoggerMessage(EventId = 1301, Level = LogLevel.Information, Message = "Catalog version {Version}: {Changed} ads changed, {Count} known.")]
    private static partial void LogRefreshed(ILogger logger, long version, int changed, int count);

    [LoggerMessage(EventId = 1302, Level = LogLevel.Warning, Message = "The catalog could not be refreshed; version {Version} stays in use.")]
    private static partial void LogRefreshFailed(ILogger logger, Exception exception, long version);
}
