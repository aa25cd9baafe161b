using System.Text.Json;
using ClickFuncs.Analytics.Overviews;
using ClickFuncs.Api.Analytics;
using ClickFuncs.Api.Budgets;
using ClickFuncs.Api.Problems;
using ClickFuncs.Api.Requests;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Budgets;
using ClickFuncs.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Views;

/// <summary>
/// <c>GET /api/v1/views/advertiser</c> with the parameters of analytics: all that the advertiser's page shows. Without <c>advertiser_id</c> it is
/// about the first advertiser that the caller may see.
/// </summary>
internal static class AdvertiserView
{
    private const int MaxBudgets = 200;

    public static async Task HandleAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var advertiser = context.Request.Query["advertiser_id"].ToString();
        if (advertiser.Length == 0)
        {
            if (services.GetRequiredService<CatalogCache>().Current is not { } catalog)
            {
                await HttpProblems.Of(StatusCodes.Status503ServiceUnavailable).WriteAsync(context);
                return;
            }

            var caller = Caller.Of(context.User);
            if (catalog.AdvertiserIds.FirstOrDefault(caller.MaySee) is not { } first)
            {
                await SendAsync(context, null, null, false, []);
                return;
            }

            advertiser = first;
        }

        await AnalyticsEndpoint.AnswerAsync(context, advertiser, async (query, overview, fill) =>
        {
            var budgets = (await services.GetRequiredService<IBudgetStore>().ListAsync(context.RequestAborted))
                .Where(stored => stored.Budget.AdvertiserId == advertiser).Take(MaxBudgets).ToList();
            await SendAsync(context, query, overview, fill, budgets);
        });
    }

    private static Task SendAsync(HttpContext context, OverviewQuery? query, Overview? overview, bool fill, IReadOnlyList<StoredBudget> budgets) =>
        TaggedJson.SendAsync(context, writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("analytics");
            if (query is null)
                writer.WriteNullValue();
            else
                OverviewJson.Write(writer, query, overview!, fill);
            BudgetsEndpoint.Write(writer, context, budgets);
            writer.WriteEndObject();
        });
}
