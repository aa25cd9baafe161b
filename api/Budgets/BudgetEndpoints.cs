using ClickFuncs.Api.Analytics;
using ClickFuncs.Api.OpenApi;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Api.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace ClickFuncs.Api.Budgets;

/// <summary>
/// What ad servers, advertisers and operators do with budgets. A host that maps them registers the store of budgets; the board is there.
/// </summary>
public static class BudgetEndpoints
{
    private const string Root = "/api/v1/budgets";

    /// <summary>Maps the endpoints.</summary>
    public static IEndpointRouteBuilder MapBudgets(this IEndpointRouteBuilder endpoints)
    {
        var budgets = endpoints.MapGroup(Root);
        budgets.MapGet("", BudgetsEndpoint.ListAsync).RequireAuthorization(Access.AdvertiserNumbers)
            .Describe("Budgets", "Budgets and their states, of the advertisers that the caller may see.", new("advertiser_id", "Only its budgets."), new("after", "Campaign id that the page begins after."), new("limit", "1 to 500."))
            .Answers(typeof(BudgetsAnswer)).Refuses(400);
        // A literal segment comes before a parameter: no campaign can be called "blocked" here.
        budgets.MapGet("/blocked", BlockedEndpoint.HandleAsync).RequireAuthorization(Access.BudgetFeed)
            .Describe("Budgets", "Campaigns that ad servers are to stop; with If-None-Match and wait it answers when the list changes.", new QueryParameter("wait", "Seconds to wait for a change, 1 to 30.")).Answers(typeof(BlockedAnswer)).Refuses(400, 503);
        budgets.MapGet("/{campaignId}", BudgetsEndpoint.GetAsync).RequireAuthorization(Access.AdvertiserNumbers)
            .Describe("Budgets", "One budget and its state, with its ETag.").Answers(typeof(BudgetAnswer)).Refuses(404);
        budgets.MapPut("/{campaignId}", BudgetPutEndpoint.HandleAsync).RequireAuthorization(Access.BudgetChanges)
            .Describe("Budgets", "Sets a budget, whole; If-Match and If-None-Match guard against lost changes.").Reads(typeof(BudgetBody)).Answers(typeof(BudgetAnswer)).Refuses(400, 409, 412, 415);
        // Here, as a host without budgets has no such page.
        endpoints.MapGet("/api/v1/views/advertiser", AdvertiserView.HandleAsync).RequireAuthorization(Access.AdvertiserNumbers)
            .Describe("Views", "All that the advertiser's page shows, in one answer with an ETag: analytics and budgets.", [.. AnalyticsParameters.All.Select(parameter => parameter.Name == "advertiser_id" ? new("advertiser_id", "Whose numbers; the first that the caller may see unless named.") : parameter)])
            .Answers(typeof(AdvertiserViewAnswer)).Refuses(400, 404, 503);
        return endpoints;
    }
}
