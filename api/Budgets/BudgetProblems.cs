using ClickFuncs.Api.Problems;

namespace ClickFuncs.Api.Budgets;

/// <summary>Problems of the budget endpoints.</summary>
internal static class BudgetProblems
{
    // Also the answer for another tenant's campaign: nobody learns which ids others have.
    public static readonly Problem NoSuchBudget = new(
        "budget-not-found", 404, "No such budget", "There is no budget for a campaign of that id that these credentials may see.");

    public static readonly Problem Changed = new(
        "budget-changed", 412, "Budget changed", "The budget is not at the version that If-Match or If-None-Match names. Read it again.");

    public static readonly Problem OtherAdvertiser = new(
        "budget-of-another-advertiser", 409, "Campaign of another advertiser", "The campaign belongs to another advertiser than advertiser_id names.");

    public static readonly Problem TooManyWaiting = new(
        "too-many-waiting", 503, "Too many are waiting", "As many callers as this server keeps are waiting for a change. Ask again later, or without wait.");

    /// <summary>What is wrong with the request, a sentence each.</summary>
    public static Problem Bad(params IEnumerable<string> sentences) =>
        new("bad-budget-request", 400, "Bad budget request", string.Join(' ', sentences));
}
