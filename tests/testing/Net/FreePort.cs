using System.Net;
using System.Net.Sockets;

namespace ClickFuncs.Testing.Net;

/// <summary>Ports for servers that a test starts.</summary>
public static class FreePort
{
    /// <summary>
    /// A port that was free a moment ago. It lies below the range from which systems take ports for outgoing connections, so
    /// that none of those takes it while a server is being started on it.
    /// </summary>
    public static int Find()
    {
        while (true)
        {
            var port = Random.Shared.Next(10_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Somebody's; try another.
            }
        }
    }
}
