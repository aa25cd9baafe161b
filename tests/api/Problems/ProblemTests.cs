using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Api.Tests.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ClickFuncs.Api.Tests.Problems;

public sealed class ProblemTests
{
    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404, "/problems/not-found")]
    [InlineData("GET", "/nothing", 404, "/problems/not-found")]
    [InlineData("DELETE", "/metrics", 405, "/problems/method-not-allowed")]
    [InlineData("GET", "/api/v1/catalog/advertisers?limit=0", 400, "/problems/bad-limit")]
    [InlineData("GET", "/broken", 500, "/problems/internal-error")]
    [InlineData("GET", "/ledger", 503, "/problems/ledger-damaged")]
    [InlineData("POST", "/echo", 413, "/problems/content-too-large")]
    public async Task Request_Fails_AnswersWithAProblem(string method, string path, int status, string type)
    {
        await using var host = await ApiHost.StartAsync(map: app =>
        {
            app.MapGet("/broken", (RequestDelegate)(_ => throw new InvalidOperationException("secret detail"))).AllowAnonymous();
            app.MapGet("/ledger", (RequestDelegate)(_ => throw new ClickFuncs.Ledger.LedgerCorruptException("secret path"))).AllowAnonymous();
            app.MapPost("/echo", (RequestDelegate)(context => context.Request.Body.CopyToAsync(Stream.Null))).AllowAnonymous();
        }, settings: ("Api:MaxRequestBodyBytes", "1024"));
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestIssuer.Shared.Token());
        if (method == "POST")
            request.Content = new StringContent(new string('x', 2000), Encoding.UTF8);

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
        var text = await response.Content.ReadAsStringAsync();
        using var problem = JsonDocument.Parse(text);
        Assert.Equal(type, problem.RootElement.GetProperty("type").GetString());
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutUsableOptions_NamesWhatIsWrong()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => ApiHost.StartAsync(settings:
        [
            ("Links:Lifetime", "2.00:00:00"), ("Redirect:MaxInFlight", "0"),
        ]));

        Assert.Contains("dedup horizon", exception.ToString(), StringComparison.Ordinal);
        Assert.Contains("MaxInFlight", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Advertisers_Paged_GivesEachOnce()
    {
        await using var host = await ApiHost.StartAsync();

        using var first = await host.GetAsOperatorAsync("/api/v1/catalog/advertisers?limit=1");
        using var second = await host.GetAsOperatorAsync("/api/v1/catalog/advertisers?limit=1&after=adv_2");

        Assert.Equal("""{"advertisers":["adv_2"],"next":"adv_2"}""", await first.Content.ReadAsStringAsync());
        Assert.Equal("""{"advertisers":["adv_88f7e6d5"],"next":null}""", await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task HealthAndMetrics_Running_Answer()
    {
        await using var host = await ApiHost.StartAsync();
        (await host.GetAsync(host.Link())).Dispose();

        using var health = await host.GetAsync("/health");
        using var metrics = await host.GetAsync("/metrics");

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal("""{"status":"healthy","checks":[{"name":"catalog","status":"healthy","detail":"Version 1, 5 ads."}]}""",
            await health.Content.ReadAsStringAsync());
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", metrics.Content.Headers.ContentType?.ToString());
        Assert.Contains("clickfuncs_redirect_requests_total{outcome=\"click\"}", await metrics.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
