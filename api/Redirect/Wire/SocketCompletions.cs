using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace ClickFuncs.Api.Redirect.Wire;

/// <summary>
/// On which thread a socket's owner hears of its bytes. Ordinarily the runtime's event thread puts that into the queue of the pool, so that an owner may block; a
/// click costs it two switches of threads and a third of its processor time then. Owners that never block can have it on the event thread itself.
/// </summary>
/// <remarks>
/// By a switch the runtime keeps for this, not public but promised to be found by name (dotnet/runtime#34945). If a later one has lost it, everything goes by
/// the pool, more slowly and no less rightly.
/// </remarks>
internal static class SocketCompletions
{
    // How the runtime calls it; read once, when the first socket is used.
    private const string ThreadCount = "DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT";

    private static volatile bool _isMissing;

    /// <summary>
    /// Has the runtime make an event thread for each processor, as it does itself when all sockets work this way; otherwise it makes one for thirty, and
    /// clicks could use no more than that one. To be called before the first socket is used. What the environment says goes first.
    /// </summary>
    public static void UseAllProcessors()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(ThreadCount)))
            Environment.SetEnvironmentVariable(ThreadCount, Environment.ProcessorCount.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>From now on the owner hears on the event thread: it must neither block nor throw there.</summary>
    /// <returns>Whether this runtime can.</returns>
    public static bool OnEventThread(Socket socket) => TrySet(socket, true);

    /// <summary>From now on the owner hears on the pool again, as every owner does that has asked for nothing.</summary>
    public static void OnPool(Socket socket) => TrySet(socket, false);

    private static bool TrySet(Socket socket, bool isInline)
    {
        if (_isMissing)
            return false;
        try
        {
            SetPreferInlineCompletions(socket, isInline);
            return true;
        }
        catch (MissingMethodException)
        {
            _isMissing = true;
            return false;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_PreferInlineCompletions")]
    private static extern void SetPreferInlineCompletions(Socket socket, bool value);
}
