using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ClickFuncs.Local.Load;

/// <summary>Linux epoll(7) and ppoll(2), only what the load generator uses.</summary>
internal static partial class Epoll
{
    public const uint In = 0x1;
    public const uint Out = 0x4;
    public const uint Error = 0x8;
    public const uint HangUp = 0x10;
    public const uint PeerHangUp = 0x2000;
    public const uint EdgeTriggered = 1u << 31;
    public const int ControlAdd = 1;
    public const int Interrupted = 4;
    private const int CloseOnExec = 0x80000;

    /// <summary>A new epoll instance.</summary>
    /// <exception cref="Win32Exception">The system refused one.</exception>
    public static SafeFileHandle Create()
    {
        var descriptor = EpollCreate1(CloseOnExec);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw new Win32Exception();
    }

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static unsafe partial int Control(SafeFileHandle epoll, int operation, SafeHandle descriptor, byte* @event);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static unsafe partial int Wait(SafeFileHandle epoll, byte* events, int maxEvents, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "ppoll", SetLastError = true)]
    public static unsafe partial int Poll(PollDescriptor* descriptors, nuint count, TimeSpec* timeout, nint signalMask);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int EpollCreate1(int flags);

    [StructLayout(LayoutKind.Sequential)]
    public struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
