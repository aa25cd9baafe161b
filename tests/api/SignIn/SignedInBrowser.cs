using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ClickFuncs.Api.Tests.Hosting;

namespace ClickFuncs.Api.Tests.SignIn;

/// <summary>A browser as far as sessions go: it keeps the cookie and sends it along.</summary>
internal sealed class SignedInBrowser
{
    private readonly ApiHost _host;

    private SignedInBrowser(ApiHost host, string setCookie) => (_host, SetCookie) = (host, setCookie);

    /// <summary>The header that opened the session.</summary>
    public string SetCookie { get; }

    /// <summary>What the browser sends back.</summary>
    public string Cookie => SetCookie.Split(';')[0];

    /// <summary>Signs in with a token, by default an operator's.</summary>
    public static async Task<SignedInBrowser> StartAsync(ApiHost host, string? token = null)
    {
        using var answer = await PostTokenAsync(host, token ?? TestIssuer.Shared.Token());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new SignedInBrowser(host, answer.Headers.GetValues("Set-Cookie").Single());
    }

    public static async Task<HttpResponseMessage> PostTokenAsync(ApiHost host, string token, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/signin") { Content = JsonContent.Create(new { token }) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await host.Client.SendAsync(request);
    }

    /// <summary>Sends a request with the cookie.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers) =>
        _host.SendAsync(method, path, [.. headers, ("Cookie", Cookie)]);

    /// <summary>The status of a request with the cookie.</summary>
    public async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var answer = await SendAsync(method, path, headers);
        return answer.StatusCode;
    }

    /// <summary>What the server says the session is.</summary>
    public async Task<JsonElement> SessionAsync()
    {
        using var answer = await SendAsync(HttpMethod.Get, "/api/v1/session");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync());
    }
}
