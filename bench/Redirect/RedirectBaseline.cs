using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ClickFuncs.Bench.Redirect;

/// <summary>
/// What the web server alone can do: Kestrel answering every request with the same 302, nothing checked, nothing stored.
/// The ceiling the product's redirect is measured against.
/// </summary>
internal static class RedirectBaseline
{
    public static async Task<int> Run(string[] args)
    {
        var port = new Option<int>("--port") { DefaultValueFactory = _ => 7072, Description = "Port on 127.0.0.1." };
        var command = new RootCommand("Serves a bare 302.") { port };
        command.SetAction((parsed, cancellationToken) => ServeAsync(parsed.GetValue(port), cancellationToken));
        return await command.Parse(args).InvokeAsync();
    }

    private static async Task<int> ServeAsync(int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, port));
        await using var app = builder.Build();
        app.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status302Found;
            context.Response.Headers.Location = "https://example.org/landing";
            context.Response.Headers.CacheControl = "no-cache, no-store, must-revalidate";
            return Task.CompletedTask;
        });
        await app.StartAsync(cancellationToken);
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }
}
