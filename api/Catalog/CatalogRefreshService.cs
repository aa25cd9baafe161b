using ClickFuncs.Catalog;
using Microsoft.Extensions.Hosting;

namespace ClickFuncs.Api.Catalog;

/// <summary>
/// Keeps the catalog snapshot fresh while the host runs. The first read comes before the first request; if it fails the
/// host starts all the same, and clicks are answered 503 until a read succeeds.
/// </summary>
internal sealed class CatalogRefreshService(CatalogCache cache) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await cache.TryRefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => cache.RunAsync(stoppingToken);
}
