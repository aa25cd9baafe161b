using System.Globalization;
using System.Text;
using System.Text.Json;
using ClickFuncs.Api.Problems;
using ClickFuncs.Budgets;
using ClickFuncs.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Budgets;

/// <summary>
/// <c>PUT /api/v1/budgets/{campaign_id}</c> with <c>{"advertiser_id","currency","daily_micros","total_micros","start","end"}</c> sets a budget, whole.
/// <c>If-Match</c> with its ETag changes only that version, <c>If-None-Match: *</c> only makes a new one. The running host knows it within a second.
/// </summary>
internal static class BudgetPutEndpoint
{
    public static async Task HandleAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            await HttpProblems.UnsupportedMediaType.WriteAsync(context);
            return;
        }

        var (body, problem) = await ReadAsync(context);
        if (body is null)
        {
            await BudgetProblems.Bad(problem).WriteAsync(context);
            return;
        }

        var store = context.RequestServices.GetRequiredService<IBudgetStore>();
        var campaign = (string)context.Request.RouteValues["campaignId"]!;
        if (!TryCondition(context.Request, out var expected))
        {
            await BudgetProblems.Changed.WriteAsync(context);
            return;
        }

        var today = DateOnly.FromDateTime(context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        var before = await store.FindAsync(campaign, context.RequestAborted);
        var budget = body.ToBudget(campaign, before?.Budget.Start ?? today);
        var problems = BudgetRules.Problems(budget).Concat(BudgetStartRule.Problems(budget, before?.Budget, today)).ToList();
        if (problems.Count > 0)
            await BudgetProblems.Bad(problems).WriteAsync(context);
        else if (IsOfAnother(context.RequestServices.GetRequiredService<CatalogCache>().Current, budget))
            await BudgetProblems.OtherAdvertiser.WriteAsync(context);
        else
            await PutAsync(context, store, budget, expected);
    }

    private static async Task PutAsync(HttpContext context, IBudgetStore store, CampaignBudget budget, long? expected)
    {
        StoredBudget stored;
        try
        {
            stored = await store.PutAsync(budget, expected, context.RequestAborted);
        }
        catch (BudgetConflictException)
        {
            await (expected is null ? BudgetProblems.OtherAdvertiser : BudgetProblems.Changed).WriteAsync(context);
            return;
        }

        await BudgetsEndpoint.AnswerAsync(context, stored);
    }

    private static async Task<(BudgetBody? Body, string Problem)> ReadAsync(HttpContext context)
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync(context.Request.Body, BudgetBodyJson.Default.BudgetBody, context.RequestAborted);
            return (body, "Send a JSON object.");
        }
        catch (JsonException wrong)
        {
            return (null, $"The body is no budget: {wrong.Path ?? "$"} can't be read. Amounts are whole numbers of micros, dates yyyy-MM-dd.");
        }
    }

    private static bool TryCondition(HttpRequest request, out long? expected)
    {
        expected = null;
        if (request.Headers.IfNoneMatch == "*")
        {
            expected = 0;
            return true;
        }

        var match = request.Headers.IfMatch.ToString();
        if (match.Length == 0)
            return true;
        if (match.Length < 3 || match[0] != '"' || !long.TryParse(match.AsSpan(1, match.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return false;
        expected = version;
        return version > 0;
    }

    // A wrong advertiser would show one tenant's spend to another. A campaign the catalog doesn't know yet is taken at its word.
    private static bool IsOfAnother(CatalogSnapshot? catalog, CampaignBudget budget)
    {
        var (campaign, advertiser) = (Encoding.UTF8.GetBytes(budget.CampaignId), Encoding.UTF8.GetBytes(budget.AdvertiserId));
        var isKnown = false;
        foreach (var ad in catalog?.Entries ?? [])
        {
            if (!ad.CampaignId.SequenceEqual(campaign))
                continue;
            if (ad.AdvertiserId.SequenceEqual(advertiser))
                return false;
            isKnown = true;
        }

        return isKnown;
    }
}
