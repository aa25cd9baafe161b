using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Budgets;

/// <summary>
/// <c>GET /api/v1/budgets/blocked?wait=SECONDS</c>: the campaigns that ad servers are to stop. With If-None-Match and <c>wait</c> (1 to 30) the
/// answer comes when the list changes, or as 304 when the time is over.
/// </summary>
internal static class BlockedEndpoint
{
    private const int MaxWaitSeconds = 30;

    public static async Task HandleAsync(HttpContext context)
    {
        var text = context.Request.Query["wait"].ToString();
        var seconds = 0;
        if (text.Length > 0 && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) || seconds is < 1 or > MaxWaitSeconds))
        {
            await BudgetProblems.Bad($"wait must be a whole number of seconds from 1 to {MaxWaitSeconds}.").WriteAsync(context);
            return;
        }

        var feed = context.RequestServices.GetRequiredService<BlockedFeed>();
        var known = context.Request.Headers.IfNoneMatch.ToString();
        var list = seconds > 0 && known.Length > 0
            ? await feed.WaitAsync(known, TimeSpan.FromSeconds(seconds), context.RequestAborted)
            : feed.Current();
        if (list is null)
        {
            context.Response.Headers.RetryAfter = "1";
            await BudgetProblems.TooManyWaiting.WriteAsync(context);
            return;
        }

        await AnswerAsync(context.Response, list, known, context.RequestAborted);
    }

    private static async Task AnswerAsync(HttpResponse response, BlockedList list, string known, CancellationToken cancellationToken)
    {
        response.Headers.ETag = list.Tag;
        // May be kept, must be asked about: what is no-store could not be validated.
        response.Headers.CacheControl = "private, no-cache";
        if (known == list.Tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = list.Body.Length;
        await response.BodyWriter.WriteAsync(list.Body, cancellationToken);
    }
}
