using System.Net.Sockets;

namespace ClickFuncs.Local.Load;

/// <summary>Tells which of many non-blocking sockets can go on. One thread uses it.</summary>
internal interface ISocketPoller : IDisposable
{
    /// <summary>Watches a socket for reading, and once for becoming writable. Closing the socket ends the watch.</summary>
    /// <param name="socket">A non-blocking socket.</param>
    /// <param name="slot">Names it in <see cref="PollEvent"/>; a new socket in the same slot replaces the old one.</param>
    void Add(Socket socket, int slot);

    /// <summary>Watches for the socket to become writable again, after a send that took only a part.</summary>
    void AwaitWritable(int slot);

    /// <summary>The socket of this slot was closed.</summary>
    void Remove(int slot);

    /// <summary>Waits for sockets that can go on.</summary>
    /// <param name="timeout">Longest wait; zero only looks.</param>
    /// <param name="events">Receives what happened.</param>
    /// <returns>How many of <paramref name="events"/> were filled; 0 after the timeout.</returns>
    int Wait(TimeSpan timeout, Span<PollEvent> events);

    /// <summary>The best one this operating system has.</summary>
    static ISocketPoller Create() => OperatingSystem.IsLinux() ? new EpollPoller() : new SelectPoller();
}
