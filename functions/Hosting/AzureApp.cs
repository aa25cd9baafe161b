using ClickFuncs.Api;
using ClickFuncs.Functions.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Functions.Hosting;

/// <summary>The composition root of the Azure app; read it from top to bottom.</summary>
public static class AzureApp
{
    /// <summary>Registers everything.</summary>
    public static IServiceCollection AddClickFuncsOnAzure(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAzureSettings(configuration);
        services.AddAzureStores();
        services.AddAzureStream();
        services.AddAzureWorkflows();
        services.AddAzureOperations();
        services.AddClickFuncsApi();
        services.AddSingleton<HttpPipeline>();
        return services;
    }
}
