using System.Buffers.Binary;
using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ClickFuncs.Local.Load;

/// <summary>
/// Linux poller, edge-triggered: a socket is registered once and costs nothing until something happens to it. It exists
/// because the generator shares the machine with the server it measures, and the runtime's own asynchronous sockets cost
/// several times as much per request.
/// </summary>
internal sealed unsafe class EpollPoller : ISocketPoller
{
    private const uint Interests = Epoll.In | Epoll.Out | Epoll.PeerHangUp | Epoll.EdgeTriggered;

    // The kernel packs its event structure on x86 only.
    private static readonly bool IsPacked = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86;
    private static readonly int EventSize = IsPacked ? 12 : 16;
    private static readonly int SlotOffset = IsPacked ? 4 : 8;

    private readonly SafeFileHandle _epoll = Epoll.Create();
    private byte[] _events = [];

    /// <inheritdoc/>
    public void Add(Socket socket, int slot)
    {
        var @event = stackalloc byte[16];
        *(uint*)@event = Interests;
        *(int*)(@event + SlotOffset) = slot;
        if (Epoll.Control(_epoll, Epoll.ControlAdd, socket.SafeHandle, @event) < 0)
            throw new Win32Exception();
    }

    /// <inheritdoc/>
    public void AwaitWritable(int slot)
    {
        // The edge from full to writable is always reported.
    }

    /// <inheritdoc/>
    public void Remove(int slot)
    {
        // The kernel forgets a socket when it is closed.
    }

    /// <inheritdoc/>
    public int Wait(TimeSpan timeout, Span<PollEvent> events)
    {
        if (_events.Length < events.Length * EventSize)
            _events = new byte[events.Length * EventSize];
        var count = Look(events.Length);
        if (count == 0 && timeout > TimeSpan.Zero)
        {
            Sleep(timeout);
            count = Look(events.Length);
        }

        for (var i = 0; i < count; i++)
            events[i] = Read(_events.AsSpan(i * EventSize));
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _epoll.Dispose();

    private static PollEvent Read(ReadOnlySpan<byte> @event)
    {
        var flags = BinaryPrimitives.ReadUInt32LittleEndian(@event);
        var closed = (flags & (Epoll.PeerHangUp | Epoll.HangUp | Epoll.Error)) != 0;
        var slot = BinaryPrimitives.ReadInt32LittleEndian(@event[SlotOffset..]);
        return new PollEvent(slot, closed || (flags & Epoll.In) != 0, closed || (flags & Epoll.Out) != 0, closed);
    }

    private int Look(int maxEvents)
    {
        fixed (byte* events = _events)
        {
            var count = Epoll.Wait(_epoll, events, maxEvents, timeoutMs: 0);
            return count >= 0 || Marshal.GetLastPInvokeError() == Epoll.Interrupted ? Math.Max(count, 0) : throw new Win32Exception();
        }
    }

    // epoll_wait counts in milliseconds, far coarser than the schedule; an epoll descriptor can itself be polled in nanoseconds.
    private void Sleep(TimeSpan timeout)
    {
        var descriptor = new Epoll.PollDescriptor { Descriptor = (int)_epoll.DangerousGetHandle(), Events = (short)Epoll.In };
        var wait = new Epoll.TimeSpec
        {
            Seconds = (nint)(timeout.Ticks / TimeSpan.TicksPerSecond),
            Nanoseconds = (nint)(timeout.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick),
        };
        if (Epoll.Poll(&descriptor, 1, &wait, 0) < 0 && Marshal.GetLastPInvokeError() != Epoll.Interrupted)
            throw new Win32Exception();
    }
}
