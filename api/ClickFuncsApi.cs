using System.Text.Json;
using System.Text.Json.Serialization;
using ClickFuncs.Api.Analytics;
using ClickFuncs.Api.Budgets;
using ClickFuncs.Api.Catalog;
using ClickFuncs.Api.Events;
using ClickFuncs.Api.Health;
using ClickFuncs.Api.Links;
using ClickFuncs.Api.Metrics;
using ClickFuncs.Api.OpenApi;
using ClickFuncs.Api.Pages;
using ClickFuncs.Api.Problems;
using ClickFuncs.Api.Redirect;
using ClickFuncs.Api.Requests;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Api.Velocity;
using ClickFuncs.Api.Verdicts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api;

/// <summary>The HTTP side of the system, the same for every host. A host adds its adapters: the click log and the catalog store.</summary>
public static class ClickFuncsApi
{
    /// <summary>Registers everything the endpoints need; options come from the configuration section <c>ClickFuncs</c>.</summary>
    public static IServiceCollection AddClickFuncsApi(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<ApiOptions>().BindConfiguration("ClickFuncs:Api").ValidateDataAnnotations().ValidateOnStart();
        services.AddRouting();
        services.TryAddSingleton<EventRecorder>();
        services.TryAddSingleton<EventsEndpoint>();
        services.TryAddSingleton<LinksEndpoint>();
        services.TryAddSingleton<AdsEndpoint>();
        services.TryAddSingleton<OpenApiEndpoint>();
        services.AddOpenApi(OpenApiDescription.Name, OpenApiDescription.Configure);
        // How the description names fields and writes numbers: as the answers do.
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        return services.AddMetricsText().AddClickLinks().AddCatalogCache().AddTrafficJudge().AddVelocityJudge().AddBudgetBoard().AddClickRedirect().AddSignIn();
    }

    /// <summary>Builds the pipeline: clicks first, which need none of the rest; then what holds for all routed endpoints.</summary>
    public static IApplicationBuilder UseClickFuncsApi(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app
            .UseClickRedirect()
            .UseMiddleware<RequestId>()
            .UseMiddleware<SecurityHeaders>()
            .UseMiddleware<ProblemMiddleware>()
            .UseBodyLimit()
            .UseRouting()
            .UseSignIn();
    }

    /// <summary>Maps every endpoint but the redirect, which <see cref="ClickRedirectExtensions.UseClickRedirect"/> answers.</summary>
    public static IEndpointRouteBuilder MapClickFuncsApi(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = HealthAnswer.WriteAsync }).AllowAnonymous();
        endpoints.MapGet("/metrics", MetricsServices.WriteAsync).RequireAuthorization(Access.Metrics);
        endpoints.MapGet("/api/v1/advertisers/analytics", AnalyticsEndpoint.HandleAsync).RequireAuthorization(Access.AdvertiserNumbers)
            .Describe("Analytics", "Counts of a range, with a comparison and a table; as JSON or text/csv.", AnalyticsParameters.All).Answers(typeof(OverviewAnswer)).AlsoAs("text/csv").Refuses(400, 404, 503);
        endpoints.MapGet("/api/v1/catalog/advertisers", AdvertisersEndpoint.HandleAsync).RequireAuthorization(Access.AdvertiserNumbers)
            .Describe("Catalog", "Ids of the advertisers that the caller may see.", CatalogParameters.Page).Answers(typeof(AdvertisersAnswer)).Refuses(400, 503);
        endpoints.MapAds();
        endpoints.MapPost("/api/v1/events", endpoints.ServiceProvider.GetRequiredService<EventsEndpoint>().HandleAsync).RequireAuthorization(Access.EventSending)
            .Describe("Events", "Takes impressions and conversions in a batch; an API key is needed.")
            .Reads(typeof(IReadOnlyList<JsonElement>), "application/json", EventsEndpoint.Ndjson).Answers(typeof(EventsAnswer)).Refuses(400, 413, 415, 503);
        // Asked for by the request: made here it would meet wrong settings before the check of all of them names them together.
        endpoints.MapPost("/api/v1/links", context => context.RequestServices.GetRequiredService<LinksEndpoint>().HandleAsync(context)).RequireAuthorization(Access.LinkMaking)
            .Describe("Links", "Makes a signed click link for an ad.").Reads(typeof(LinkRequest)).Answers(typeof(LinkAnswer), 201).Refuses(400, 404, 409, 415);
        endpoints.MapGet("/openapi/v1.json", endpoints.ServiceProvider.GetRequiredService<OpenApiEndpoint>().HandleAsync).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapSignIn();
        endpoints.MapPages();
        return endpoints;
    }

    private static IApplicationBuilder UseBodyLimit(this IApplicationBuilder app) => app.Use(next =>
    {
        var limit = app.ApplicationServices.GetRequiredService<IOptions<ApiOptions>>().Value.MaxRequestBodyBytes;
        return context =>
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
                body.MaxRequestBodySize = limit;
            return next(context);
        };
    });
}
