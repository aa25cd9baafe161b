using System.Text;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Events;

namespace ClickFuncs.Api.Tests.Redirect.Wire;

/// <summary>The short way and the web server are the same to a client and to the log, for every request.</summary>
public sealed class LaneEquivalenceTests
{
    private static readonly int Seeds = int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_SEEDS"), out var seeds) ? seeds : 300;

    private const string Visitor = "AbCdEfGhIjKlMnOpQrStUv";

    private static readonly (string Key, string? Value)[] Settings =
    [
        ("Redirect:CountryHeader", "CF-IPCountry"), ("Redirect:ForwardedForHeader", "X-Forwarded-For"), ("Redirect:TrustedProxies:0", "127.0.0.0/8"),
    ];

    private static readonly byte[] Odd = [.. "\r\n :,?%\0"u8, 0xFF];

    private static readonly string[] Headers =
    [
        "User-Agent: Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)", "User-Agent: Googlebot/2.1", "User-Agent:", "User-Agent: " + new string('a', 3000),
        "Referer: https://pub.example/page", "Cookie: cf_uid=" + Visitor, "Cookie: a=b; cf_optout=1", "Cookie: cf_uid=short", "DNT: 1", "DNT: 0", "Sec-GPC: 1",
        "CF-IPCountry: de", "CF-IPCountry: XX", "CF-IPCountry: Germany", "X-Forwarded-For: 203.0.113.7", "X-Forwarded-For: spoofed, 203.0.113.9, 127.0.0.2",
        "X-Forwarded-For: 2001:db8::1", "X-Forwarded-For: [2001:db8::2]:443, ", "X-Forwarded-For: ", "Connection: keep-alive", "Accept: */*", "Purpose: prefetch",
        "Sec-Purpose: prefetch;prerender", "X-Other: \u00e4", "X-Tab: a\tb", "Host: again.example",
    ];

    [Fact]
    public async Task Requests_OfEveryKind_GetTheSameAnswerAndLeaveTheSameRecord()
    {
        await using var lane = await ApiHost.StartAsync(settings: Settings);
        await using var server = await ApiHost.StartAsync(hasLane: false, settings: Settings);
        for (var seed = 0; seed < Seeds; seed++)
            await CompareAsync(lane, server, Request(new Random(seed), lane), seed);
    }

    [Fact]
    public async Task Requests_WithDamagedBytes_GetTheSameAnswerAndLeaveTheSameRecord()
    {
        await using var lane = await ApiHost.StartAsync(settings: Settings);
        await using var server = await ApiHost.StartAsync(hasLane: false, settings: Settings);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            await CompareAsync(lane, server, Damage(random, Request(random, lane)), seed);
        }
    }

    private static byte[] Request(Random random, ApiHost host)
    {
        string[] targets =
        [
            host.Link(), host.Link(clickId: $"clk_{random.Next()}"), host.Link()[..^1], host.Link("ad_archived"), host.Link() + "?x", "/c/", "/c/nonsense",
            host.Links.MakeExplicit(ApiHost.Entry(), userId: "usr_1"),
        ];
        // Three in four are plain but for their headers.
        var target = random.Next(4) > 0 ? targets[0] : targets[random.Next(targets.Length)];
        var method = random.Next(12) == 0 ? "HEAD" : "GET";
        var headers = Enumerable.Range(0, random.Next(5)).Select(_ => Headers[random.Next(Headers.Length)]).ToList();
        if (random.Next(20) == 0)
            headers.Add("Content-Length: 0");
        return Encoding.Latin1.GetBytes($"{method} {target} HTTP/1.1\r\n{string.Join("\r\n", ["Host: ads.example", .. headers])}\r\n\r\n");
    }

    private static byte[] Damage(Random random, byte[] request)
    {
        var bytes = request.ToList();
        var hasLength = request.AsSpan().IndexOf("Content-Length"u8) >= 0;
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            // Not the end, which both would wait for; nor the length of a body, for the same reason.
            var at = random.Next(bytes.Count - 4 - (hasLength ? 17 : 0));
            switch (random.Next(3))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                default:
                    bytes.Insert(at, Odd[random.Next(Odd.Length)]);
                    break;
            }
        }

        return [.. bytes];
    }

    private static async Task CompareAsync(ApiHost lane, ApiHost server, byte[] request, int seed)
    {
        var (fast, usual) = (await AskAsync(lane, request), await AskAsync(server, request));

        Assert.True(fast == usual, $"Seed {seed}: {Encoding.Latin1.GetString(request)}\nshort way: {fast}\nserver: {usual}");
    }

    // A last request of which everybody knows the answer shows where the answers before it end.
    private static async Task<string> AskAsync(ApiHost host, byte[] request)
    {
        var before = host.Log.Records.Count;
        using var client = await RawConnection.OpenAsync(host.Client.BaseAddress!);
        await client.SendAsync([.. request, .. "GET /nowhere HTTP/1.1\r\nHost: a\r\nX-Request-Id: last\r\n\r\n"u8]);
        var text = new StringBuilder();
        var answer = await client.ReadAsync(hasBody: !request.AsSpan().StartsWith("HEAD "u8));
        // What is no HTTP the server refuses without reading on, so its 400 may or may not reach the client.
        while (answer is not null && !(answer.Status == 400 && answer.Body.Length == 0))
        {
            text.AppendLine(answer.Comparable(Visitor));
            if (answer.Status == 404)
                break;
            answer = await client.ReadAsync();
        }

        foreach (var (_, record) in host.Log.Records.Skip(before))
            text.AppendLine(Describe(record));
        return text.ToString();
    }

    private static string Describe(byte[] record)
    {
        Assert.Equal(EventDefect.None, EventDecoder.Decode(record, out var view));
        var user = Text(view.UserId);
        string[] parts =
        [
            $"{view.Type} {view.NonClickReason} {view.EventTimeMs} {view.CostMicros} {view.Verdict.Tier} {view.OverBudget}", Text(view.ClickId), Text(view.AdId),
            Text(view.UserAgent), Text(view.Referrer), Text(view.Country), Text(view.Ip), user is Visitor or "usr_1" or "" ? user : "new",
        ];
        return string.Join('|', parts);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
