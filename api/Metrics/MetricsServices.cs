using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ClickFuncs.Api.Metrics;

/// <summary>Registers the collector behind <c>GET /metrics</c>.</summary>
public static class MetricsServices
{
    /// <summary>Options come from <c>ClickFuncs:Metrics</c>.</summary>
    public static IServiceCollection AddMetricsText(this IServiceCollection services)
    {
        services.AddOptions<MetricsOptions>().BindConfiguration("ClickFuncs:Metrics").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<MetricsCollector>();
        services.AddHostedService(provider => provider.GetRequiredService<MetricsCollector>());
        return services;
    }

    internal static Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = PrometheusText.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(context.RequestServices.GetRequiredService<MetricsCollector>().Scrape(), context.RequestAborted);
    }
}
