using System.Text.Json;
using ClickFuncs.Api.Health;
using ClickFuncs.Api.Operations;
using ClickFuncs.Api.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ClickFuncs.Api.Views;

/// <summary><c>GET /api/v1/views/operations</c>: all that the operations page shows.</summary>
internal static class OperationsView
{
    public static async Task HandleAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var health = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(context.RequestAborted);
        var report = await services.GetRequiredService<IOperationsSource>().ReadAsync(context.RequestAborted);
        await TaggedJson.SendAsync(context, writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("health");
            HealthAnswer.Write(writer, health);
            writer.WritePropertyName("operations");
            OperationsEndpoint.Write(writer, report.Answer);
            writer.WriteString("metrics", report.Metrics);
            writer.WriteEndObject();
        });
    }
}
