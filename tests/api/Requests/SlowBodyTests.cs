using System.Net.Sockets;
using System.Text;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Api.Tests.SignIn;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Tests.Requests;

/// <summary>Clients that hold a request open by sending its body a byte at a time.</summary>
public sealed class SlowBodyTests
{
    // The server's own grace of 5 s is made as short as it allows; the rate is its own.
    private static readonly MinDataRate Rate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(1.1));

    [Theory]
    [InlineData("POST", "/signin", "")]
    [InlineData("POST", "/api/v1/links", "person")]
    [InlineData("PUT", "/api/v1/catalog/ads/ad_1", "person")]
    [InlineData("POST", "/api/v1/events", "key")]
    public async Task Body_ThatDrips_IsAnswered408AndTheConnectionClosed(string method, string path, string header)
    {
        await using var host = await StartAsync(Rate);

        var (answer, sent) = await DripAsync(host, await HeadAsync(host, method, path, header), toLength: 1000);

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        Assert.True(sent < 1000, $"{sent} bytes were sent");
    }

    [Fact]
    public async Task Body_ThatDripsWhereNoRateIsAsked_IsAnsweredAfterItsEnd()
    {
        await using var host = await StartAsync(null);

        var (answer, sent) = await DripAsync(host, await HeadAsync(host, "POST", "/signin", "close"), toLength: 50);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Equal(50, sent);
    }

    private static Task<ApiHost> StartAsync(MinDataRate? rate) => ApiHost.StartAsync(
        add: services => services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MinRequestBodyDataRate = rate));

    private static async Task<string> HeadAsync(ApiHost host, string method, string path, string header)
    {
        var more = header switch
        {
            "person" => $"Authorization: Bearer {TestIssuer.Shared.Token()}\r\n",
            "key" => $"Authorization: Bearer {await host.KeyAsync(null)}\r\n",
            "close" => "Connection: close\r\n",
            _ => "",
        };
        return $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{more}Content-Length: ";
    }

    // A byte, then up to 50 ms for an answer, until there is one: 20 bytes a second.
    private static async Task<(string Answer, int Sent)> DripAsync(ApiHost host, string head, int toLength)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}{toLength}\r\n\r\n"));
        var buffer = new byte[8192];
        var reading = stream.ReadAsync(buffer).AsTask();
        var sent = 0;
        for (; sent < toLength; sent++)
        {
            await Task.WhenAny(reading, Task.Run(() => client.Client.Poll(50_000, SelectMode.SelectError)));
            if (reading.IsCompleted)
                break;
            await stream.WriteAsync(" "u8.ToArray());
        }

        var text = new StringBuilder();
        // To the end: the server closes the connection.
        for (var read = await reading; read > 0; read = await stream.ReadAsync(buffer))
            text.Append(Encoding.ASCII.GetString(buffer, 0, read));
        return (text.ToString(), sent);
    }
}
