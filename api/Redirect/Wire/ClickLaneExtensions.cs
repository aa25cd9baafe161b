using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Redirect.Wire;

/// <summary>Puts the short way of plain clicks in front of a web server's HTTP.</summary>
public static class ClickLaneExtensions
{
    /// <summary>
    /// Answers plain clicks on this endpoint straight from the connection (docs/decisions/0032); all else is served as without it.
    /// Behind TLS it comes after <c>UseHttps</c>, since it reads plain bytes.
    /// </summary>
    public static ListenOptions UseClickLane(this ListenOptions listen)
    {
        ArgumentNullException.ThrowIfNull(listen);
        listen.Use(next =>
        {
            // Once, at the first connection: by then all options are validated.
            var lane = new Lazy<ClickLane>(() => ActivatorUtilities.CreateInstance<ClickLane>(listen.ApplicationServices));
            return connection => ClickConnection.RunAsync(lane.Value, connection, next);
        });
        return listen;
    }
}
