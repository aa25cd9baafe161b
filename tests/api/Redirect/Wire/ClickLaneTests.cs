using System.Text;
using ClickFuncs.Api.Tests.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Tests.Redirect.Wire;

/// <summary>A connection of plain clicks is answered without the web server's HTTP; all else reaches it as it came.</summary>
public sealed class ClickLaneTests
{
    private readonly RequestCounter _server = new();

    [Fact]
    public async Task Clicks_OneAfterTheOther_NeverReachTheServer()
    {
        await using var host = await StartAsync();
        using var client = await RawConnection.OpenAsync(host.Client.BaseAddress!);

        for (var i = 0; i < 3; i++)
        {
            await client.SendAsync(Click(host, $"clk_{i}"));
            Assert.Equal(302, (await client.ReadAsync())!.Status);
        }

        Assert.Equal((3, 0), (host.Log.Records.Count, _server.Count));
    }

    [Fact]
    public async Task Clicks_SentTogether_AreAnsweredInOrder()
    {
        await using var host = await StartAsync();
        using var client = await RawConnection.OpenAsync(host.Client.BaseAddress!);

        await client.SendAsync(Click(host, "clk_1") + "GET /c/nonsense HTTP/1.1\r\nHost: a\r\n\r\n" + Click(host, "clk_2"));

        var statuses = new List<int>();
        for (var i = 0; i < 3; i++)
            statuses.Add((await client.ReadAsync())!.Status);
        Assert.Equal([302, 400, 302], statuses);
        Assert.Equal((2, 0), (host.Log.Records.Count, _server.Count));
    }

    // More than a connection may answer before others have their turn.
    [Fact]
    public async Task Clicks_HundredsSentTogether_AreAllAnswered()
    {
        await using var host = await StartAsync();
        using var client = await RawConnection.OpenAsync(host.Client.BaseAddress!);

        await client.SendAsync(string.Concat(Enumerable.Range(0, 300).Select(i => i % 3 == 0 ? Click(host, $"clk_{i}") : "GET /c/nonsense HTTP/1.1\r\nHost: a\r\n\r\n")));

        for (var i = 0; i < 300; i++)
            Assert.Equal(i % 3 == 0 ? 302 : 400, (await client.ReadAsync())!.Status);
        Assert.Equal((100, 0), (host.Log.Records.Count, _server.Count));
    }

    [Fact]
    public async Task Click_InPieces_IsAnsweredOnce()
    {
        await using var host = await StartAsync();
        using var client = await RawConnection.OpenAsync(host.Client.BaseAddress!);

        foreach (var piece in Click(host, "clk_1").Chunk(7))
            await client.SendAsync(new string(piece));

        Assert.Equal(302, (await client.ReadAsync())!.Status);
        Assert.Single(host.Log.Records);
    }

    [Fact]
    public async Task Unusual_AfterClicks_IsTheServersWithTheRestOfTheConnection()
    {
        await using var host = await StartAsync();
        using var client = await RawConnection.OpenAsync(host.Client.BaseAddress!);

        await client.SendAsync(Click(host, "clk_1") + "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n" + Click(host, "clk_2"));

        Assert.Equal(302, (await client.ReadAsync())!.Status);
        Assert.Equal(404, (await client.ReadAsync())!.Status);
        Assert.Equal(302, (await client.ReadAsync())!.Status);
        Assert.Equal((2, 2), (host.Log.Records.Count, _server.Count));
    }

    // The server's code may block, and the event thread is for all connections.
    [Fact]
    public async Task Unusual_AfterClicks_IsServedOnThePool()
    {
        await using var host = await StartAsync();
        using var client = await RawConnection.OpenAsync(host.Client.BaseAddress!);

        await client.SendAsync(Click(host, "clk_1") + "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n");
        await client.ReadAsync();
        await client.ReadAsync();

        Assert.False(SocketCompletionsTests.IsOnEventThread(_server.Socket!));
    }

    [Theory]
    [InlineData("GET /c/x")]
    [InlineData("GET")]
    public async Task Client_EndsInTheMiddleOfAHead_NothingIsRecordedAndTheConnectionEnds(string part)
    {
        await using var host = await StartAsync();
        using var client = await RawConnection.OpenAsync(host.Client.BaseAddress!);

        await client.SendAsync(part);
        client.EndSending();

        Assert.Null(await AfterProblem(client));
        Assert.Empty(host.Log.Records);
    }

    [Fact]
    public async Task Stop_EndsIdleConnectionsAndAnswersWhatIsUnderWayLast()
    {
        await using var host = await StartAsync();
        using var idle = await RawConnection.OpenAsync(host.Client.BaseAddress!);
        using var busy = await RawConnection.OpenAsync(host.Client.BaseAddress!);
        await idle.SendAsync(Click(host, "clk_1"));
        Assert.Equal(302, (await idle.ReadAsync())!.Status);
        host.Log.Hold();
        await busy.SendAsync(Click(host, "clk_2"));
        await host.Log.Arrived;

        var stopped = host.StopAsync();
        Assert.Null(await idle.ReadAsync());
        host.Log.Release();

        var last = await busy.ReadAsync();
        Assert.Equal((302, "close"), (last!.Status, last.Headers["Connection"]));
        Assert.Null(await busy.ReadAsync());
        await stopped;
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET /c/x")]
    public async Task Client_KeepsTheServerWaiting_IsLeft(string part)
    {
        await using var host = await StartAsync();
        using var client = await RawConnection.OpenAsync(host.Client.BaseAddress!);
        await client.SendAsync(Click(host, "clk_1") + part);
        Assert.Equal(302, (await client.ReadAsync())!.Status);

        Assert.Null(await WhileSecondsPass(host, client.ReadAsync()));
        Assert.Single(host.Log.Records);
    }

    [Fact]
    public async Task Client_TakesNoAnswers_IsLeft()
    {
        await using var host = await StartAsync();
        using var client = await RawConnection.OpenAsync(host.Client.BaseAddress!);
        var refused = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat("GET /c/nonsense HTTP/1.1\r\nHost: a\r\n\r\n", 1000)));

        // Until neither side's buffers take any more, and then until the connection breaks.
        await Assert.ThrowsAsync<IOException>(() => WhileSecondsPass(host, SendForeverAsync(client, refused)));
    }

    [Fact]
    public async Task Connections_MoreThanTheServersLimit_AreClosedAtOnce()
    {
        await using var host = await ApiHost.StartAsync(
            add: services => services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxConcurrentConnections = 1));
        using var first = await RawConnection.OpenAsync(host.Client.BaseAddress!);
        await first.SendAsync(Click(host, "clk_1"));
        Assert.Equal(302, (await first.ReadAsync())!.Status);
        using var second = await RawConnection.OpenAsync(host.Client.BaseAddress!);

        Assert.Null(await second.ReadAsync());
    }

    [Fact]
    public async Task Overload_IsRefusedOnAConnectionThatGoesOn()
    {
        await using var host = await StartAsync(("Redirect:MaxInFlight", "1"));
        using var first = await RawConnection.OpenAsync(host.Client.BaseAddress!);
        using var second = await RawConnection.OpenAsync(host.Client.BaseAddress!);
        host.Log.Hold();
        await first.SendAsync(Click(host, "clk_1"));
        await host.Log.Arrived;

        await second.SendAsync(Click(host, "clk_2"));
        var refused = await second.ReadAsync();
        host.Log.Release();
        await first.ReadAsync();
        await second.SendAsync(Click(host, "clk_2"));

        Assert.Equal((503, "1"), (refused!.Status, refused.Headers["Retry-After"]));
        Assert.Equal(302, (await second.ReadAsync())!.Status);
        Assert.Equal((2, 0), (host.Log.Records.Count, _server.Count));
    }

    private static async Task<bool> SendForeverAsync(RawConnection client, byte[] bytes)
    {
        while (true)
            await client.SendAsync(bytes);
    }

    private static async Task<T> WhileSecondsPass<T>(ApiHost host, Task<T> end)
    {
        while (!end.IsCompleted)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(end, Task.Run(() => { }));
        }

        return await end;
    }

    private static string Click(ApiHost host, string id) => $"GET {host.Link(clickId: id)} HTTP/1.1\r\nHost: ads.example\r\n\r\n";

    // The server answers a torn head with 400 before it ends the connection, or just ends it.
    private static async Task<RawAnswer?> AfterProblem(RawConnection client) =>
        await client.ReadAsync() is { Status: 400 } ? await client.ReadAsync() : null;

    private Task<ApiHost> StartAsync(params (string Key, string? Value)[] settings) =>
        ApiHost.StartAsync(add: services => services.AddSingleton<IStartupFilter>(_server), settings: settings);
}
