using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;

namespace ClickFuncs.Api.Tests.Redirect.Wire;

/// <summary>Counts what reaches the web server's own pipeline.</summary>
internal sealed class RequestCounter : IStartupFilter
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The connection of the newest.</summary>
    public Socket? Socket { get; private set; }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            Socket = context.Features.Get<IConnectionSocketFeature>()?.Socket;
            Interlocked.Increment(ref _count);
            return following(context);
        });
        next(app);
    };
}
