using System.Net;
using System.Text.Json;
using ClickFuncs.Api.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClickFuncs.Api.Tests.SignIn;

/// <summary>Every endpoint there is, taken from the router, so that a new one can't be forgotten.</summary>
public sealed class EndpointAccessTests
{
    private static readonly string[] Open = ["GET HEAD /", "GET HEAD /finance", "GET HEAD /operations", "GET HEAD /docs", "GET HEAD /runbook", "ANY /health", "POST /signin", "GET /signin/once/{code}", "GET /openapi/v1.json"];

    private static readonly string[] Analytics =
        ["/api/v1/advertisers/analytics?advertiser_id=adv_2&start_time=2026-07-01&end_time=2026-07-02&granularity=1d"];

    [Fact]
    public async Task Endpoints_All_SayWhoMayUseThem()
    {
        await using var host = await StartAsync();

        Assert.All(host.Endpoints, endpoint => Assert.True(IsOpen(endpoint) || IsProtected(endpoint), Name(endpoint)));
        Assert.Equal(Open.Order(StringComparer.Ordinal), host.Endpoints.Where(endpoint => IsOpen(endpoint) && !IsAsset(endpoint)).Select(Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Protected_WithoutCredentials_AnswersThatTheyAreNeeded()
    {
        await using var host = await StartAsync();
        foreach (var (method, path) in Protected(host))
        {
            using var answer = await host.SendAsync(method, path);
            await AssertChallengeAsync(answer, "unauthorized", "Bearer realm=\"clickfuncs\"", $"{method} {path}");
        }
    }

    [Fact]
    public async Task Protected_WithAnyWrongToken_IsRefused()
    {
        await using var host = await StartAsync();
        foreach (var (wrong, header) in WrongTokens.All)
        {
            foreach (var (method, path) in Protected(host))
            {
                using var answer = await host.SendAsync(method, path, ("Authorization", header));
                var isMissing = wrong is "nothing after the scheme" or "another scheme";
                await AssertChallengeAsync(
                    answer, isMissing ? "unauthorized" : wrong is "expired" or "end is negative" ? "token_expired" : "token_invalid",
                    isMissing ? "Bearer realm=\"clickfuncs\"" : "Bearer realm=\"clickfuncs\", error=\"invalid_token\"", $"{wrong}: {method} {path}");
            }
        }
    }

    [Fact]
    public async Task Protected_WithATokenInTheQuery_IsRefused()
    {
        await using var host = await StartAsync();
        foreach (var name in (string[])["access_token", "token", "authorization", "bearer"])
        {
            foreach (var (method, path) in Protected(host))
            {
                using var answer = await host.SendAsync(method, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={TestIssuer.Shared.Token()}");
                Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            }
        }
    }

    [Theory]
    [InlineData("/api/v1/catalog/advertisers", "advertiser finance operator")]
    [InlineData("/api/v1/session", "advertiser finance operator nobody")]
    [InlineData("/metrics", "operator")]
    [InlineData("/books", "finance")]
    [InlineData("/inside", "operator")]
    [InlineData("analytics", "advertiser finance operator")]
    public async Task Protected_ByRole_AnswersWhomItIsFor(string path, string allowed)
    {
        await using var host = await StartAsync();
        foreach (var role in (string[])["advertiser", "finance", "operator", "nobody", "Operator", "operator "])
        {
            using var answer = await host.GetAsync(
                path == "analytics" ? Analytics[0] : path, ("Authorization", $"Bearer {TestIssuer.Shared.TokenOf(role, "adv_2")}"));
            var expected = allowed.Split(' ').Contains(role) || path.EndsWith("session", StringComparison.Ordinal) ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
            Assert.True(answer.StatusCode == expected, $"{path} as '{role}': {answer.StatusCode}");
            if (expected == HttpStatusCode.Forbidden)
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Undeclared_EvenToAnOperator_IsClosed()
    {
        await using var host = await StartAsync(app => app.MapGet("/forgotten", () => "secret"));

        using var anonymous = await host.GetAsync("/forgotten");
        using var asOperator = await host.GetAsOperatorAsync("/forgotten");

        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, asOperator.StatusCode);
    }

    private static Task<ApiHost> StartAsync(Action<WebApplication>? map = null) => ApiHost.StartAsync(map: app =>
    {
        app.MapGet("/books", () => "books").RequireAuthorization(Api.SignIn.Access.FinanceBooks);
        app.MapGet("/inside", () => "operations").RequireAuthorization(Api.SignIn.Access.Operations);
        map?.Invoke(app);
    }, settings: ("SignIn:OpenMetricsOnLoopback", "false"));

    private static List<(HttpMethod Method, string Path)> Protected(ApiHost host)
    {
        var found = host.Endpoints.Where(IsProtected)
            .SelectMany(endpoint => Methods(endpoint), (endpoint, method) => (new HttpMethod(method), endpoint.RoutePattern.RawText!)).ToList();
        Assert.Contains((HttpMethod.Get, "/api/v1/advertisers/analytics"), found);
        return found;
    }

    private static async Task AssertChallengeAsync(HttpResponseMessage answer, string code, string challenge, string what)
    {
        Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{what}: {answer.StatusCode}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(challenge, answer.Headers.GetValues("WWW-Authenticate").Single());
        var body = await answer.Content.ReadAsStringAsync();
        var problem = JsonElement.Parse(body);
        Assert.True(problem.GetProperty("code").GetString() == code, $"{what}: {body}");
        Assert.Equal($"/problems/{code.Replace('_', '-')}", problem.GetProperty("type").GetString());
    }

    // The files of the pages, whose names change with their content.
    private static bool IsAsset(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.StartsWith("/assets/", StringComparison.Ordinal);

    private static bool IsOpen(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static bool IsProtected(RouteEndpoint endpoint) => !IsOpen(endpoint) && endpoint.Metadata.GetMetadata<IAuthorizeData>() is { Policy.Length: > 0 };

    private static IReadOnlyList<string> Methods(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"];

    private static string Name(RouteEndpoint endpoint) => $"{string.Join(' ', Methods(endpoint))} {endpoint.RoutePattern.RawText}";
}
