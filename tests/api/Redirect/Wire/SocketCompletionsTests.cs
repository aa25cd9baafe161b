using System.Net;
using System.Net.Sockets;
using System.Reflection;
using ClickFuncs.Api.Redirect.Wire;

namespace ClickFuncs.Api.Tests.Redirect.Wire;

/// <summary>A socket's owner hears of bytes on the thread it has asked for. It is no public switch of the runtime's: a runtime that has lost it fails here.</summary>
public sealed class SocketCompletionsTests
{
    [Fact]
    public async Task OnEventThread_BytesCome_OwnerIsNotOnThePool()
    {
        using var pair = await Pair.OpenAsync();

        Assert.True(SocketCompletions.OnEventThread(pair.Near));

        Assert.False(await pair.HearsOnPoolAsync());
    }

    [Fact]
    public async Task OnPool_AfterTheEventThread_OwnerIsOnThePool()
    {
        using var pair = await Pair.OpenAsync();
        SocketCompletions.OnEventThread(pair.Near);
        Assert.False(await pair.HearsOnPoolAsync());

        SocketCompletions.OnPool(pair.Near);

        Assert.True(await pair.HearsOnPoolAsync());
    }

    internal static bool IsOnEventThread(Socket socket) =>
        (bool)typeof(SafeSocketHandle).GetProperty("PreferInlineCompletions", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(socket.SafeHandle)!;

    /// <summary>Two ends of a connection.</summary>
    private sealed class Pair(Socket near, Socket far) : IDisposable
    {
        private readonly byte[] _buffer = new byte[1];

        public Socket Near => near;

        public static async Task<Pair> OpenAsync()
        {
            using var listen = new Socket(SocketType.Stream, ProtocolType.Tcp);
            listen.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listen.Listen();
            var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await far.ConnectAsync(listen.LocalEndPoint!);
            return new Pair(await listen.AcceptAsync(), far);
        }

        public async Task<bool> HearsOnPoolAsync()
        {
            var heard = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            using var receive = new SocketAsyncEventArgs();
            receive.SetBuffer(_buffer);
            receive.Completed += (_, _) => heard.SetResult(Thread.CurrentThread.IsThreadPoolThread);
            Assert.True(near.ReceiveAsync(receive), "Nothing was sent yet, so it has to wait.");
            await far.SendAsync(_buffer);
            return await heard.Task;
        }

        public void Dispose()
        {
            near.Dispose();
            far.Dispose();
        }
    }
}
