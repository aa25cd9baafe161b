using ClickFuncs.Telemetry.Tracing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ClickFuncs.Api.Redirect;

/// <summary>Puts the redirect into an application.</summary>
public static class ClickRedirectExtensions
{
    /// <summary>Registers <see cref="ClickRedirect"/>; the host registers the log.</summary>
    public static IServiceCollection AddClickRedirect(this IServiceCollection services)
    {
        services.AddOptions<RedirectOptions>().BindConfiguration("ClickFuncs:Redirect").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(ClickTraces.Off);
        services.TryAddSingleton<ClickIntake>();
        services.TryAddSingleton<ClickRedirect>();
        return services;
    }

    /// <summary>Answers click links here and lets everything else pass. Put it first: clicks need no routing, and nothing
    /// before it adds to their time.</summary>
    public static IApplicationBuilder UseClickRedirect(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Use(next =>
        {
            // Once, when the pipeline is built: by then the host has validated all options together.
            var redirect = app.ApplicationServices.GetRequiredService<ClickRedirect>();
            app.ApplicationServices.GetRequiredService<ClickIntake>().WatchQueueDelay();
            return context => ClickRedirect.Matches(context.Request.Path) ? redirect.HandleAsync(context) : next(context);
        });
    }
}
