using ClickFuncs.Api.SignIn;
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
        budgets.MapGet("", BudgetsEndpoint.ListAsync).RequireAuthorization(Access.AdvertiserNumbers);
        // A literal segment comes before a parameter: no campaign can be called "blocked" here.
        budgets.MapGet("/blocked", BlockedEndpoint.HandleAsync).RequireAuthorization(Access.BudgetFeed);
        budgets.MapGet("/{campaignId}", BudgetsEndpoint.GetAsync).RequireAuthorization(Access.AdvertiserNumbers);
        budgets.MapPut("/{campaignId}", BudgetPutEndpoint.HandleAsync).RequireAuthorization(Access.BudgetChanges);
        return endpoints;
    }
}
