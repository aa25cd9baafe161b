using ClickFuncs.Catalog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.Catalog;

/// <summary>Registers the catalog's snapshot and what keeps it fresh.</summary>
public static class CatalogServices
{
    /// <summary>Options come from <c>ClickFuncs:Catalog</c>; the host registers the <see cref="ICatalogStore"/>.</summary>
    public static IServiceCollection AddCatalogCache(this IServiceCollection services)
    {
        services.AddOptions<CatalogOptions>().BindConfiguration("ClickFuncs:Catalog").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(provider => new CatalogCache(
            provider.GetRequiredService<ICatalogStore>(),
            provider.GetRequiredService<IOptions<CatalogOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CatalogCache>>()));
        services.AddHostedService<CatalogRefreshService>();
        services.AddHealthChecks().AddCheck<CatalogHealthCheck>("catalog");
        return services;
    }
}
