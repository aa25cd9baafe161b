using System.Globalization;
using System.Text.Json;
using ClickFuncs.Api.Problems;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Catalog;

/// <summary>
/// <c>GET /api/v1/catalog/advertisers?after&amp;limit</c>: ids ascending, at most <c>limit</c> (1 to 1000, default 1000)
/// after the id <c>after</c>, of those the caller may see; <c>next</c> is the value of <c>after</c> for the page that follows, null on the last.
/// </summary>
internal static class AdvertisersEndpoint
{
    private const int MaxLimit = 1000;

    public static Task HandleAsync(HttpContext context)
    {
        var snapshot = context.RequestServices.GetRequiredService<CatalogCache>().Current;
        if (snapshot is null)
            return HttpProblems.Of(StatusCodes.Status503ServiceUnavailable).WriteAsync(context);
        var query = context.Request.Query;
        var limit = MaxLimit;
        if (query.TryGetValue("limit", out var text)
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
            return CatalogProblems.BadLimit.WriteAsync(context);
        return WriteAsync(context.Response, Caller.Of(context.User), snapshot.AdvertiserIds, query["after"].ToString(), limit);
    }

    private static async Task WriteAsync(HttpResponse response, Caller caller, IReadOnlyList<string> all, string after, int limit)
    {
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        var page = all.Where(id => string.CompareOrdinal(id, after) > 0 && caller.MaySee(id)).Take(limit + 1).ToList();
        var writer = new Utf8JsonWriter(response.BodyWriter);
        await using (writer)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("advertisers");
            foreach (var id in page.Take(limit))
                writer.WriteStringValue(id);
            writer.WriteEndArray();
            writer.WriteString("next", page.Count > limit ? page[limit - 1] : null);
            writer.WriteEndObject();
        }
    }
}
