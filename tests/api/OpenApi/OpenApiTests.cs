using System.Net;
using System.Text.Json;
using ClickFuncs.Api.Budgets;
using ClickFuncs.Api.Finance;
using ClickFuncs.Api.Operations;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Api.Velocity;
using Microsoft.AspNetCore.Routing;

namespace ClickFuncs.Api.Tests.OpenApi;

public sealed class OpenApiTests
{
    private static readonly string[] NotDescribed = ["/", "/finance", "/operations", "/docs", "/runbook", "/health", "/metrics", "/signin", "/signin/once/{code}", "/openapi/v1.json"];

    /// <summary>A change of the API is seen in review: copy the file that the failure names to docs/openapi.json.</summary>
    [Fact]
    public async Task Description_OfTheCode_IsTheOneThatIsCheckedIn()
    {
        var made = await DescriptionAsync();
        var path = Path.Combine(Path.GetTempPath(), "openapi.json");
        var golden = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "OpenApi", "openapi.json"));

        if (made != golden)
            await File.WriteAllTextAsync(path, made);
        Assert.True(made == golden, $"The API's description is another than docs/openapi.json: see {path}");
    }

    [Fact]
    public async Task Description_OfEveryEndpoint_SaysWhoMayUseIt()
    {
        await using var host = await StartAsync();
        var paths = JsonElement.Parse(await DescriptionAsync()).GetProperty("paths");
        foreach (var endpoint in host.Endpoints)
        {
            var path = endpoint.RoutePattern.RawText!;
            if (NotDescribed.Contains(path) || path.StartsWith("/assets/", StringComparison.Ordinal))
                continue;
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods)
            {
                Assert.True(paths.TryGetProperty(path.TrimEnd('/'), out var described), $"{path} is not described");
#pragma warning disable CA1308 // OpenAPI names methods in small letters.
                Assert.True(described.TryGetProperty(method.ToLowerInvariant(), out var operation), $"{method} {path} is not described");
#pragma warning restore CA1308
                Assert.True(operation.TryGetProperty("security", out _), $"{method} {path}");
                Assert.True(operation.GetProperty("responses").TryGetProperty("401", out _), $"{method} {path}");
            }
        }
    }

    [Fact]
    public async Task Description_OfEveryGoodAnswer_HasASchema()
    {
        foreach (var path in JsonElement.Parse(await DescriptionAsync()).GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var good = operation.Value.GetProperty("responses").EnumerateObject().Where(response => response.Name.StartsWith('2')).ToList();
                Assert.True(good.Count > 0, $"{operation.Name} {path.Name} has no good answer.");
                Assert.All(good.Where(response => response.Name != "204"), response =>
                {
                    Assert.True(response.Value.TryGetProperty("content", out var forms) && forms.EnumerateObject().Any(), $"{operation.Name} {path.Name} {response.Name} has no content.");
                    Assert.All(forms.EnumerateObject(), form => Assert.True(
                        form.Value.TryGetProperty("schema", out var schema) && (schema.TryGetProperty("$ref", out _) || (form.Name != "application/json" && schema.TryGetProperty("type", out _))),
                        $"{operation.Name} {path.Name} {response.Name} {form.Name} has no schema."));
                });
            }
        }
    }

    [Fact]
    public async Task Description_ThatTheCallerHas_IsNotSentAgain()
    {
        await using var host = await StartAsync();
        using var first = await host.GetAsync("/openapi/v1.json");
        using var again = await host.GetAsync("/openapi/v1.json", ("If-None-Match", first.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    private static async Task<string> DescriptionAsync()
    {
        await using var host = await StartAsync();
        using var answer = await host.GetAsync("/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private static Task<ApiHost> StartAsync() => ApiHost.StartAsync(map: app =>
    {
        app.MapFinance();
        app.MapAlerts();
        app.MapOperations();
        app.MapBudgets();
        app.MapVelocity();
        app.MapQuarantine();
    });
}
