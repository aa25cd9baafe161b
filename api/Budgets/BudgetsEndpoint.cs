using System.Globalization;
using System.Text.Json;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Budgets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.Budgets;

/// <summary>
/// <c>GET /api/v1/budgets/{campaign_id}</c>: one budget and its state. <c>GET /api/v1/budgets?advertiser_id&amp;after&amp;limit</c>: those the caller may
/// see, by campaign id; <c>next</c> is the value of <c>after</c> for the page that follows, null on the last.
/// </summary>
internal static class BudgetsEndpoint
{
    private const int MaxLimit = 500;

    public static async Task GetAsync(HttpContext context)
    {
        var campaign = (string)context.Request.RouteValues["campaignId"]!;
        var stored = await context.RequestServices.GetRequiredService<IBudgetStore>().FindAsync(campaign, context.RequestAborted);
        if (stored is null || !Caller.Of(context.User).MaySee(stored.Budget.AdvertiserId))
            await BudgetProblems.NoSuchBudget.WriteAsync(context);
        else
            await AnswerAsync(context, stored);
    }

    public static async Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var limit = MaxLimit;
        if (query.TryGetValue("limit", out var text)
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            await BudgetProblems.Bad($"limit must be a whole number from 1 to {MaxLimit}.").WriteAsync(context);
            return;
        }

        var (caller, advertiser, after) = (Caller.Of(context.User), query["advertiser_id"].ToString(), query["after"].ToString());
        var page = (await context.RequestServices.GetRequiredService<IBudgetStore>().ListAsync(context.RequestAborted))
            .Where(stored => caller.MaySee(stored.Budget.AdvertiserId) && (advertiser.Length == 0 || stored.Budget.AdvertiserId == advertiser))
            .Where(stored => string.CompareOrdinal(stored.Budget.CampaignId, after) > 0)
            .Take(limit + 1)
            .ToList();
        await WriteAsync(context, writer =>
        {
            writer.WriteStartObject();
            Write(writer, context, page.Take(limit));
            writer.WriteString("next", page.Count > limit ? page[limit - 1].Budget.CampaignId : null);
            writer.WriteEndObject();
        });
    }

    /// <summary>Writes budgets, each as it stands now.</summary>
    public static void Write(Utf8JsonWriter writer, HttpContext context, IEnumerable<StoredBudget> budgets)
    {
        writer.WriteStartArray("budgets");
        foreach (var stored in budgets)
            BudgetJson.Write(writer, stored, Entry(context, stored));
        writer.WriteEndArray();
    }

    /// <summary>Answers with one budget; its version is the ETag that If-Match of a change names.</summary>
    public static Task AnswerAsync(HttpContext context, StoredBudget stored)
    {
        context.Response.Headers.ETag = $"\"{stored.Version.ToString(CultureInfo.InvariantCulture)}\"";
        return WriteAsync(context, writer => BudgetJson.Write(writer, stored, Entry(context, stored)));
    }

    private static BudgetEntry? Entry(HttpContext context, StoredBudget stored)
    {
        var services = context.RequestServices;
        return services.GetRequiredService<BudgetBoard>().Current.TryFind(stored.Budget.CampaignId, out var entry)
            ? entry.At(
                services.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds(), services.GetRequiredService<IOptions<BudgetOptions>>().Value)
            : null;
    }

    private static async Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        await using (writer)
            write(writer);
    }
}
