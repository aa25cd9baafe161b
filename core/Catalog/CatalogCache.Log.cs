using Microsoft.Extensions.Logging;

namespace ClickFuncs.Catalog;

public sealed partial class CatalogCache
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Catalog version {Version}: {Changed} ads changed, {Count} known.")]
    private static partial void LogRefreshed(ILogger logger, long version, int changed, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The catalog could not be refreshed; version {Version} stays in use.")]
    private static partial void LogRefreshFailed(ILogger logger, Exception exception, long version);
}
