using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClickFuncs.Api.Tests.SignIn;

/// <summary>The two documents of an OpenID Connect provider that a resource server reads.</summary>
internal sealed class TestAuthority(WebApplication app) : IAsyncDisposable
{
    private int _fetches;

    /// <summary>How often the key set was read.</summary>
    public int Fetches => Volatile.Read(ref _fetches);

    /// <summary>Its address, and its name as an issuer.</summary>
    public string Url => app.Urls.First() + "/";

    /// <summary>Its key set as JSON.</summary>
    public string Keys { get; set; } = "";

    public static async Task<TestAuthority> StartAsync(string keys)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var authority = new TestAuthority(app) { Keys = keys };
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = authority.Url, jwks_uri = authority.Url + "keys" }));
        app.MapGet("/keys", () =>
        {
            Interlocked.Increment(ref authority._fetches);
            return Results.Text(authority.Keys, "application/json");
        });
        await app.StartAsync();
        return authority;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
