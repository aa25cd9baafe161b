using System.Net;

namespace ClickFuncs.EndToEnd.Tests;

/// <summary>A person's browser: keeps cookies, follows redirects, says what it is.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClientHandler _handler = new() { CookieContainer = new CookieContainer(), AllowAutoRedirect = true };
    private readonly HttpClient _client;

    public Browser()
    {
        _client = new HttpClient(_handler) { Timeout = TimeSpan.FromSeconds(10) };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1");
    }

    /// <summary>Cookies it was given.</summary>
    public CookieCollection Cookies => _handler.CookieContainer.GetAllCookies();

    /// <summary>Opens an address and reads the page it ends at.</summary>
    public async Task<(HttpStatusCode Status, string Text)> OpenAsync(string url)
    {
        using var answer = await _client.GetAsync(new Uri(url));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Asks for the head alone, as link checkers do.</summary>
    public async Task<HttpStatusCode> HeadAsync(string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, url);
        using var answer = await _client.SendAsync(request);
        return answer.StatusCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }
}
