using ClickFuncs.Api.Alerts;
using ClickFuncs.Api.OpenApi;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Api.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ClickFuncs.Api.Operations;

/// <summary>What whoever runs the system is shown. A host that maps it adds it, beside the API.</summary>
public static class OperationsServices
{
    /// <summary>Has the alerts evaluated. Options come from <c>ClickFuncs:Alerts</c>.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddOptions<AlertOptions>().BindConfiguration("ClickFuncs:Alerts").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(_ => new AlertBoard(AlertRules.All));
        services.TryAddSingleton<IOperationsSource, ProcessOperations>();
        services.AddHostedService<AlertEvaluator>();
        return services;
    }

    /// <summary>Maps <c>/api/v1/operations</c>, and the view that the page asks for. A host without <see cref="AddAlerts"/> registers <see cref="IOperationsSource"/>.</summary>
    public static IEndpointRouteBuilder MapAlerts(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapGet("/api/v1/operations", OperationsEndpoint.HandleAsync).RequireAuthorization(Access.Operations)
            .Describe("Operations", "How the system does: freshness and every alert.").Answers(typeof(OperationsAnswer));
        endpoints.MapGet("/api/v1/views/operations", OperationsView.HandleAsync).RequireAuthorization(Access.Operations)
            .Describe("Views", "All that the operations page shows, in one answer with an ETag.").Answers(typeof(OperationsViewAnswer));
        return endpoints;
    }
}
