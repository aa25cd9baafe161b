using System.Text.Json;
using ClickFuncs.Api.Alerts;
using ClickFuncs.Api.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Operations;

/// <summary><c>GET /api/v1/operations</c>: the alerts and freshness.</summary>
internal static class OperationsEndpoint
{
    private const string Runbook = "docs/operations.md#";
    private const string Freshness = "clickfuncs_freshness_seconds";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly HashSet<string> FreshnessOnly = new(StringComparer.Ordinal) { Freshness };

    public static Task HandleAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(AnswerOf(context.RequestServices), Json, context.RequestAborted);
    }

    /// <summary>Writes the answer as a value.</summary>
    internal static void Write(Utf8JsonWriter writer, IServiceProvider services) => JsonSerializer.Serialize(writer, AnswerOf(services), Json);

    private static OperationsAnswer AnswerOf(IServiceProvider services)
    {
        var board = services.GetRequiredService<AlertBoard>();
        var freshness = services.GetRequiredService<MetricsCollector>().Read(FreshnessOnly);
        return new OperationsAnswer(
            services.GetRequiredService<TimeProvider>().GetUtcNow(), freshness is [var only] ? only.Value : null, Alerts(board.Rules, board.States));
    }

    internal static IReadOnlyList<AlertAnswer> Alerts(IReadOnlyList<AlertRule> rules, IReadOnlyList<AlertState> states) =>
        [.. rules.Select(rule => Alert(rule, [.. states.Where(state => state.Rule == rule)]))
            .OrderBy(alert => alert.State switch { "firing" => 0, "pending" => 1, _ => 2 })];

    private static AlertAnswer Alert(AlertRule rule, IReadOnlyList<AlertState> held) => new(
        rule.Id, AlertText.Of(rule.Severity),
        held.Count == 0 ? "ok" : held.Any(state => state.FiredAt is not null) ? "firing" : "pending",
        rule.Meaning, rule.Condition.ToPromQl(), rule.For.TotalSeconds, Runbook + rule.Runbook,
        [.. held.Select(state => new AlertSeriesAnswer(state.Labels, double.IsFinite(state.Value) ? state.Value : null, state.Since, state.FiredAt is not null))]);
}
