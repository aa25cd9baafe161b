using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.Redirect.Wire;

/// <summary>The web server's way to sockets, with the short way of plain clicks in front of it.</summary>
internal sealed class ClickListenerFactory(IServiceProvider services, IOptions<SocketTransportOptions> options, TimeProvider time, ILoggerFactory loggers)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var sockets = options.Value;
        Socket listen;
        try
        {
            listen = sockets.CreateBoundListenSocket(endpoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            // What the web server expects: it says which address.
            throw new AddressInUseException(e.Message, e);
        }

        listen.Listen(sockets.Backlog);
        var contexts = new SocketConnectionContextFactory(
            new SocketConnectionFactoryOptions
            {
                IOQueueCount = sockets.IOQueueCount,
                MaxReadBufferSize = sockets.MaxReadBufferSize,
                MaxWriteBufferSize = sockets.MaxWriteBufferSize,
                UnsafePreferInlineScheduling = sockets.UnsafePreferInlineScheduling,
                WaitForDataBeforeAllocatingBuffer = sockets.WaitForDataBeforeAllocatingBuffer,
            },
            loggers.CreateLogger<SocketConnectionContextFactory>());
        // Not before: by now all options are validated.
        var lane = ActivatorUtilities.CreateInstance<ClickLane>(services);
        return new(new ClickListener(listen, lane, contexts, time, loggers.CreateLogger<ClickListener>()).Start());
    }
}
