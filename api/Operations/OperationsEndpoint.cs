using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Operations;

/// <summary><c>GET /api/v1/operations</c>: the alerts and freshness.</summary>
internal static class OperationsEndpoint
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task HandleAsync(HttpContext context)
    {
        var report = await context.RequestServices.GetRequiredService<IOperationsSource>().ReadAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(report.Answer, Json, context.RequestAborted);
    }

    /// <summary>Writes an answer as a value.</summary>
    internal static void Write(Utf8JsonWriter writer, OperationsAnswer answer) => JsonSerializer.Serialize(writer, answer, Json);
}
