using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Api.Tests.SignIn;
using ClickFuncs.Testing.Fuzzing;

namespace ClickFuncs.Api.Tests.Fuzzing;

/// <summary>Real requests, damaged, against the real server: it answers each with one of its documented answers and never with a failure of its own.</summary>
public sealed class RequestFuzzing
{
    private static readonly int Seeds = FuzzSeeds.Count(400);

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-ndjson")]
    public async Task Events_DamagedBodies_AreTakenOrRefusedByTheEvent(string type)
    {
        await using var host = await ApiHost.StartAsync();
        var key = await host.KeyAsync("adv_88f7e6d5");
        var one = """{"type":"impression","click_id":"i_1","event_time":"2026-07-01T12:00:00Z","ad_id":"ad_99a2c3d4","user_agent":"a\u00e9"}""";
        var original = type.EndsWith("ndjson", StringComparison.Ordinal) ? $"{one}\n{one}\n{one}\n" : $"[{one},{one},{one}]";
        for (var seed = 0; seed < Seeds; seed++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = new ByteArrayContent(Damage.Apply(new Random(seed), Encoding.UTF8.GetBytes(original))) };
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
            using var answer = await host.Client.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"Seed {seed}: {answer.StatusCode} {body}");
            using var json = JsonDocument.Parse(body);
            if (answer.StatusCode == HttpStatusCode.OK)
                Assert.True(json.RootElement.GetProperty("events").GetArrayLength() <= 1000, $"Seed {seed}");
        }
    }

    [Fact]
    public async Task Sessions_DamagedCookies_SignNobodyIn()
    {
        await using var host = await ApiHost.StartAsync();
        var browser = await SignedInBrowser.StartAsync(host);
        await RequireRefusedAsync(host, "Cookie", browser.Cookie);
    }

    [Fact]
    public async Task Tokens_Damaged_SignNobodyIn()
    {
        await using var host = await ApiHost.StartAsync();
        await RequireRefusedAsync(host, "Authorization", $"Bearer {TestIssuer.Shared.Token()}");
    }

    [Fact]
    public async Task ApiKeys_Damaged_OpenNothing()
    {
        await using var host = await ApiHost.StartAsync();
        await RequireRefusedAsync(host, "Authorization", $"Bearer {await host.KeyAsync(null)}");
    }

    [Theory]
    [InlineData("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [InlineData("tracestate", "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE")]
    [InlineData("User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36")]
    [InlineData("Referer", "https://news.example.org/2026/07/article?x=1")]
    [InlineData("Cookie", "cf_uid=0123456789abcdef0123456789abcdef; other=1")]
    [InlineData("X-Forwarded-For", "203.0.113.7, 10.0.0.1")]
    [InlineData("Sec-Purpose", "prefetch;prerender")]
    public async Task Clicks_DamagedHeaders_AreRedirected(string name, string value)
    {
        await using var host = await ApiHost.StartAsync();
        for (var seed = 0; seed < Seeds / 4; seed++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, host.Link(clickId: seed.ToString(CultureInfo.InvariantCulture)));
            request.Headers.TryAddWithoutValidation(name, Header(Damage.Apply(new Random(seed), value)));
            using var answer = await host.Client.SendAsync(request);
            Assert.True(answer.StatusCode is HttpStatusCode.Found or HttpStatusCode.NoContent, $"Seed {seed}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Clicks_DamagedLinks_AreNeverRedirected()
    {
        await using var host = await ApiHost.StartAsync();
        var link = host.Link();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var damaged = "/c/" + Uri.EscapeDataString(Damage.Apply(new Random(seed), link[3..]));
            if (damaged == link)
                continue;
            using var answer = await host.Client.GetAsync(new Uri(damaged, UriKind.Relative));
            Assert.True((int)answer.StatusCode is >= 400 and < 500, $"Seed {seed}: {answer.StatusCode} for {damaged}");
        }

        Assert.Empty(host.Log.Records);
    }

    private static async Task RequireRefusedAsync(ApiHost host, string header, string original)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var damaged = Header(Damage.Apply(new Random(seed), original));
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/session");
            request.Headers.TryAddWithoutValidation(header, damaged);
            using var answer = await host.Client.SendAsync(request);
            // Damage that a header loses again (spaces around it, another scheme's letters) leaves what it was.
            if (answer.StatusCode == HttpStatusCode.OK)
                Assert.True(Means(damaged) == Means(original), $"Seed {seed}: '{damaged}' is let in");
            else
                Assert.True((int)answer.StatusCode is >= 400 and < 500, $"Seed {seed}: {answer.StatusCode} for '{damaged}'");
        }
    }

    /// <summary>What can stand in a header: the rest is refused before it is one, which HostileInputTests shows on a raw connection.</summary>
    private static string Header(string text) => new([.. text.Where(c => c is >= ' ' and < (char)0x7f)]);

    private static string Means(string header) => header.Trim().ToUpperInvariant();
}
