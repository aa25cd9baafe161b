using System.Text.Json;
using ClickFuncs.Api.Finance;
using ClickFuncs.Api.OpenApi;
using ClickFuncs.Api.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace ClickFuncs.Api.Operations;

/// <summary>
/// What runs by itself, and starting it now. A host that maps them registers its schedules, as <c>IReadOnlyList&lt;WorkflowSchedule&gt;</c>, and
/// the workflows' client.
/// </summary>
public static class OperationsEndpoints
{
    private const string Root = "/api/v1/operations";

    /// <summary>Maps the endpoints.</summary>
    public static IEndpointRouteBuilder MapOperations(this IEndpointRouteBuilder endpoints)
    {
        var operations = endpoints.MapGroup(Root).RequireAuthorization(Access.Operations);
        operations.MapGet("/schedules", ScheduledRuns.ListSchedulesAsync)
            .Describe("Operations", "What runs by itself, and when.").Answers(typeof(SchedulesAnswer));
        operations.MapPost("/schedules/{name}/runs", ScheduledRuns.StartAsync)
            .Describe("Operations", "Runs now what a schedule would; Location says where to follow it.").Answers(typeof(RunAnswer<JsonElement?>), 202).Refuses(404);
        operations.MapGet("/runs", ScheduledRuns.ListAsync)
            .Describe("Operations", "Runs of workflows, ids in descending order.", new("prefix", "How the ids begin."), new("limit", "1 to 200."), new("continuation", "Of the page before.")).Answers(typeof(RunsAnswer<JsonElement?>)).Refuses(400);
        operations.MapGet("/runs/{id}", ScheduledRuns.GetAsync)
            .Describe("Operations", "The newest run of an id.").Answers(typeof(RunAnswer<JsonElement?>)).Refuses(404);
        return endpoints;
    }
}
