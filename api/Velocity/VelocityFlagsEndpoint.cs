using System.Globalization;
using System.Text.Json;
using ClickFuncs.Api.OpenApi;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Privacy;
using ClickFuncs.Velocity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ClickFuncs.Api.Velocity;

/// <summary><c>GET /api/v1/velocity/flags</c>: who is flagged now, by pseudonym, the newest first, with the evidence. For operators.</summary>
public static class VelocityFlagsEndpoint
{
    private const int MaxFlags = 1_000;

    /// <summary>Registers a judge that flags nobody. A host with a velocity lane registers its own before.</summary>
    public static IServiceCollection AddVelocityJudge(this IServiceCollection services)
    {
        services.TryAddSingleton(VelocityJudge.Off);
        return services;
    }

    /// <summary>Maps the endpoint.</summary>
    public static IEndpointRouteBuilder MapVelocity(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/velocity/flags", HandleAsync).RequireAuthorization(Access.Operations)
            .Describe("Operations", "Who clicks an ad too fast and is marked now, by pseudonym, the newest first.").Answers(typeof(FlagsAnswer));
        return endpoints;
    }

    private static async Task HandleAsync(HttpContext context)
    {
        var board = context.RequestServices.GetRequiredService<VelocityJudge>().Board;
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds();
        var current = board.Flags.Where(flag => flag.UntilMs > now).ToList();
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteNumber("count", current.Count);
        writer.WriteStartArray("flags");
        foreach (var flag in current.OrderByDescending(flag => flag.FromMs).ThenBy(flag => flag.Identity).Take(MaxFlags))
        {
            writer.WriteStartObject();
            writer.WriteString("identity", flag.Identity.ToString("x16", CultureInfo.InvariantCulture));
            writer.WriteString("kind", flag.Kind == IdentityKind.Ip ? "ip" : "user");
            writer.WriteString("from", Time(flag.FromMs));
            writer.WriteString("until", Time(flag.UntilMs));
            writer.WriteNumber("peak_clicks", flag.Peak);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string Time(long timeMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(timeMs).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
