using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Redirect.Wire;

/// <summary>Puts the short way of plain clicks in front of a web server's HTTP.</summary>
public static class ClickLaneExtensions
{
    /// <summary>
    /// Answers plain clicks straight from the socket (docs/decisions/0032); all else is served as without it. After <c>UseSockets</c>, if that is called.
    /// On an endpoint with TLS nothing is plain, so there it changes nothing.
    /// </summary>
    public static IWebHostBuilder UseClickLane(this IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        SocketCompletions.UseAllProcessors();
        // The server asks the factory that was added last first.
        return builder.ConfigureServices(services => services.AddSingleton<IConnectionListenerFactory, ClickListenerFactory>());
    }
}
