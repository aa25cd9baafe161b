using ClickFuncs.Analytics;
using ClickFuncs.Analytics.Late;
using ClickFuncs.Analytics.Overviews;
using ClickFuncs.Api.Problems;
using ClickFuncs.Api.SignIn;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Analytics;

/// <summary>
/// <c>GET /api/v1/advertisers/analytics?advertiser_id&amp;start_time&amp;end_time&amp;granularity=1m|1h|1d</c> with <c>group_by</c>,
/// <c>accuracy</c>, <c>fill</c>, and a filter per dimension such as <c>device=mobile</c>; a dimension named again allows another value.
/// <c>compare_start_time</c> and <c>compare_end_time</c> add an earlier range, <c>breakdown</c> a table of the range.
/// </summary>
internal static class AnalyticsEndpoint
{
    private static readonly HashSet<string> OwnParameters = new(StringComparer.Ordinal)
    {
        "advertiser_id", "start_time", "end_time", "granularity", "time_zone", "group_by", "metrics", "accuracy", "fill",
        "compare_start_time", "compare_end_time", "breakdown", "order_by", "order", "offset", "limit",
    };

    public static Task HandleAsync(HttpContext context) => AnswerAsync(
        context, context.Request.Query["advertiser_id"], (query, overview, fill) => AnalyticsAnswers.SendAsync(context, query, overview, fill));

    /// <summary>Answers the query of a request about an advertiser, or says what is wrong with it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="advertiserId">Whose numbers.</param>
    /// <param name="send">Sends the answer; what is too large for one it says before it begins.</param>
    public static async Task AnswerAsync(HttpContext context, string? advertiserId, Func<OverviewQuery, Overview, bool, Task> send)
    {
        var (text, fill) = Read(context.Request.Query, advertiserId);
        var result = OverviewQueryParser.Parse(text);
        var fills = fill is "true" or "1";
        var errors = fill is "" or "false" or "0" || fills ? result.Errors : [.. result.Errors, $"fill is '{fill}'; it must be true or false."];
        if (!result.IsValid || errors.Count > 0)
        {
            await BadQuery(errors).WriteAsync(context);
            return;
        }

        if (!Caller.Of(context.User).MaySee(result.Query!.Query.AdvertiserId))
        {
            await SignInProblems.NoSuchAdvertiser.WriteAsync(context);
            return;
        }

        try
        {
            var store = context.RequestServices.GetRequiredService<IAnalyticsStore>();
            var overview = await new OverviewReader(store, context.RequestServices.GetService<ILateClicks>()).ReadAsync(result.Query, context.RequestAborted);
            await send(result.Query, overview, fills);
        }
        catch (AnalyticsQueryException refusal) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            await BadQuery([refusal.Message]).WriteAsync(context);
        }
    }

    private static (OverviewQueryText Text, string Fill) Read(IQueryCollection query, string? advertiserId)
    {
        var text = new AnalyticsQueryText
        {
            AdvertiserId = advertiserId,
            StartTime = query["start_time"],
            EndTime = query["end_time"],
            Granularity = query["granularity"],
            TimeZone = Optional(query, "time_zone"),
            GroupBy = [.. query["group_by"].OfType<string>()],
            Filters =
            [
                .. query.Where(p => !OwnParameters.Contains(p.Key))
                    .SelectMany(p => p.Value.Select(value => new KeyValuePair<string, string>(p.Key, value ?? ""))),
            ],
            Metrics = [.. query["metrics"].OfType<string>()],
            Accuracy = Optional(query, "accuracy"),
        };
        var overview = new OverviewQueryText(text)
        {
            CompareStartTime = Optional(query, "compare_start_time"),
            CompareEndTime = Optional(query, "compare_end_time"),
            Breakdown = Optional(query, "breakdown"),
            OrderBy = Optional(query, "order_by"),
            Order = Optional(query, "order"),
            Offset = Optional(query, "offset"),
            Limit = Optional(query, "limit"),
        };
        return (overview, query["fill"].ToString());
    }

    private static string? Optional(IQueryCollection query, string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;

    private static Problem BadQuery(IReadOnlyList<string> errors) =>
        new("bad-analytics-query", StatusCodes.Status400BadRequest, "Bad analytics query", string.Join(' ', errors));
}
