using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClickFuncs.EndToEnd.Tests;

public sealed partial class SignInTests : IDisposable
{
    private const string Advertisers = "/api/v1/catalog/advertisers";

    private readonly DataFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Up_SignInLink_OpensASessionThatOutlivesARestart()
    {
        await AddAdsAsync();
        using var browser = new Browser();
        int port;
        await using (var host = await HostProcess.StartAsync(_data.Path))
        {
            port = host.Port;
            var link = Link().Match(host.Results).Value;
            Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync(link)).Status);
            Assert.Equal((HttpStatusCode.OK, """{"advertisers":["adv_1","adv_2"],"next":null}"""), await browser.OpenAsync($"{host.Url}{Advertisers[1..]}"));
            using var stranger = new Browser();
            Assert.Equal(HttpStatusCode.Gone, (await stranger.OpenAsync(link)).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.OpenAsync($"{host.Url}{Advertisers[1..]}")).Status);
            Assert.Equal(0, await host.StopAsync());
        }

        await using var again = await HostProcess.StartAsync(_data.Path, port);
        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync($"{again.Url}{Advertisers[1..]}")).Status);
    }

    [Fact]
    public async Task Token_OfEachKind_OpensWhatItIsFor()
    {
        await AddAdsAsync();
        // Made before the host's first start: both use the key that the first of them made.
        var early = await TokenAsync("--role", "operator");
        await using var host = await HostProcess.StartAsync(_data.Path);

        Assert.Equal("""{"advertisers":["adv_1","adv_2"],"next":null}""", await AskAsync(host, early));
        Assert.Equal("""{"advertisers":["adv_1","adv_2"],"next":null}""", await AskAsync(host, await TokenAsync("--role", "finance", "--hours", "1")));
        Assert.Equal("""{"advertisers":["adv_2"],"next":null}""", await AskAsync(host, await TokenAsync("--advertiser", "adv_2")));
        Assert.Contains("\"unauthorized\"", await AskAsync(host, null), StringComparison.Ordinal);
        Assert.Contains("\"token_invalid\"", await AskAsync(host, early[..^2]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token: Say for whom")]
    [InlineData("token: --advertiser and --role exclude each other.", "--advertiser", "a", "--role", "finance")]
    [InlineData("token: --hours is 0; it must be 1 to 8784.", "--role", "operator", "--hours", "0")]
    public async Task Token_WithWrongOptions_SaysWhatIsWrong(string expected, params string[] args)
    {
        var result = await _data.RunAsync(["token", .. args]);
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.StartsWith(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_BeyondLoopback_NeedsAnIssuerOrLeave()
    {
        var refused = await _data.RunAsync("up", "--port", "0", "--listen", "0.0.0.0");
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("up: 0.0.0.0 can be reached from other machines, and no issuer is set", refused.Error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(_data.File("clickfuncs.json"), """{"ClickFuncs":{"SignIn":{"AllowDevelopmentIssuer":true}}}""");
        await using var host = await HostProcess.StartAsync(_data.Path, null, "--listen", "0.0.0.0");
        // It answers a moment before it says so.
        var isUp = $"ClickFuncs is up: http://127.0.0.1:{host.Port}\n";
        Assert.True(await Eventually.HoldsAsync(() => Task.FromResult($"{host.Results}\n".Contains(isUp, StringComparison.Ordinal)), TimeSpan.FromSeconds(30)), host.Results);
        Assert.Equal("[]", (await _data.QueryAsync("adv_1", "1d")).GetProperty("series").GetRawText());
    }

    [Fact]
    public async Task Up_BeyondLoopbackWithAnIssuer_TakesNoDevelopmentTokens()
    {
        var keys = _data.File("keys.json");
        // A public key of nobody here: only that there is an issuer matters.
        await File.WriteAllTextAsync(keys, """{"keys":[{"kty":"EC","crv":"P-256","kid":"a","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}""");
        await File.WriteAllTextAsync(
            _data.File("clickfuncs.json"),
            JsonSerializer.Serialize(new { ClickFuncs = new { SignIn = new { KeySetFile = keys, Issuer = "https://issuer.test/" } } }));
        await using var host = await HostProcess.StartAsync(_data.Path, null, "--listen", "0.0.0.0");

        Assert.DoesNotContain("Sign in", host.Results, StringComparison.Ordinal);
        Assert.Contains("\"token_invalid\"", await AskAsync(host, await TokenAsync("--role", "operator")), StringComparison.Ordinal);
        var query = await _data.RunAsync("query", "--advertiser", "adv_1", "--from", "2025-01-01", "--to", "2025-01-02");
        Assert.Equal(1, query.ExitCode);
        Assert.Contains("CLICKFUNCS_TOKEN", query.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_HostileValuesThroughTheHost_FindNothingOfOthers()
    {
        await using var host = await HostProcess.StartAsync(_data.Path);
        foreach (var hostile in (string[])["adv_1' OR '1'='1", "x\"; DROP TABLE minutes; --", "%", "\\", "💥"])
        {
            var answer = await _data.QueryAsync(hostile, "1d", "--filter", $"device={hostile}");
            Assert.Equal("[]", answer.GetProperty("series").GetRawText());
        }
    }

    private async Task AddAdsAsync()
    {
        await _data.AddAdAsync("ad_1", "adv_1", new Uri("http://127.0.0.1/landing"));
        await _data.AddAdAsync("ad_2", "adv_2", new Uri("http://127.0.0.1/landing"));
    }

    private async Task<string> TokenAsync(params string[] args) => (await _data.RunAsync(["token", .. args])).Succeeded().Trim();

    private static async Task<string> AskAsync(HostProcess host, string? token)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Url, Advertisers));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("http://[^ ]+/signin/once/[^ ]+")]
    private static partial Regex Link();
}
