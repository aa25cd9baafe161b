using ClickFuncs.Api;
using ClickFuncs.Api.Budgets;
using ClickFuncs.Api.Finance;
using ClickFuncs.Api.Operations;
using ClickFuncs.Api.Velocity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ClickFuncs.Functions.Http;

/// <summary>
/// The whole HTTP side as on one machine, redirect first, behind the one function that takes every request. Its own routing stands in place of
/// the host's, which knows only that function.
/// </summary>
public sealed class HttpPipeline
{
    private readonly Lazy<RequestDelegate> _app;

    /// <param name="services">The app's services.</param>
    /// <summary>Builds nothing yet: by the first request all settings have been checked.</summary>
    public HttpPipeline(IServiceProvider services) => _app = new Lazy<RequestDelegate>(() => Build(services));

    /// <summary>Answers a request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // Routing leaves a request alone that has an endpoint already: the catch-all one of the function.
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        return _app.Value(context);
    }

    private static RequestDelegate Build(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseClickFuncsApi();
        app.UseEndpoints(endpoints =>
        {
            endpoints.MapClickFuncsApi();
            endpoints.MapBudgets();
            endpoints.MapVelocity();
            endpoints.MapFinance();
            endpoints.MapOperations();
            endpoints.MapQuarantine();
            endpoints.MapAlerts();
        });
        return app.Build();
    }
}
