using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using ClickFuncs.Api.Problems;
using ClickFuncs.Api.Requests;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ClickFuncs.Api.Catalog;

/// <summary>
/// The ads over HTTP: list and read for whom they concern, write for operators. A write may name what it replaces
/// (<c>If-Match</c> with the ad's ETag, or <c>If-None-Match: *</c> for a new one); writes of one host come one after the other.
/// </summary>
internal sealed class AdsEndpoint(CatalogCache catalog, ICatalogStore store) : IDisposable
{
    private const int MaxLimit = 1000;
    private const int DefaultLimit = 100;

    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary><c>GET /api/v1/catalog/ads?advertiser_id&amp;after&amp;limit</c></summary>
    public async Task ListAsync(HttpContext context)
    {
        var (query, caller) = (context.Request.Query, Caller.Of(context.User));
        var limit = DefaultLimit;
        if (query.TryGetValue("limit", out var text)
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            await CatalogProblems.BadLimit.WriteAsync(context);
            return;
        }

        var (after, owner) = (query["after"].ToString(), query["advertiser_id"].ToString());
        var snapshot = await catalog.RefreshAsync(context.RequestAborted);
        var page = snapshot.Entries.Select(entry => entry.ToAd())
            .Where(ad => string.CompareOrdinal(ad.AdId, after) > 0 && (owner.Length == 0 || ad.AdvertiserId == owner) && caller.MaySee(ad.AdvertiserId))
            .OrderBy(ad => ad.AdId, StringComparer.Ordinal).Take(limit + 1).ToList();
        var answer = new AdsAnswer([.. page.Take(limit).Select(AdAnswer.Of)], page.Count > limit ? page[limit - 1].AdId : null);
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, AdsJson.Default.AdsAnswer);
        await SendAsync(context, body);
    }

    /// <summary><c>GET /api/v1/catalog/ads/{ad_id}</c></summary>
    public async Task GetAsync(HttpContext context)
    {
        var ad = Find(await catalog.RefreshAsync(context.RequestAborted), context);
        if (ad is null || !Caller.Of(context.User).MaySee(ad.AdvertiserId))
            await CatalogProblems.NoSuchAd.WriteAsync(context);
        else
            await SendAsync(context, BytesOf(ad));
    }

    /// <summary><c>PUT /api/v1/catalog/ads/{ad_id}</c>: makes the ad, or replaces it whole.</summary>
    public async Task PutAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            await HttpProblems.UnsupportedMediaType.WriteAsync(context);
            return;
        }

        var id = (string)context.Request.RouteValues["ad_id"]!;
        var (ad, why) = await ReadAsync(context, id);
        if (ad is null)
        {
            await CatalogProblems.Bad(why).WriteAsync(context);
            return;
        }

        // Between the look at what is there and the write nobody of this host writes.
        await _writing.WaitAsync(context.RequestAborted);
        try
        {
            await WriteAsync(context, ad);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();

    private async Task WriteAsync(HttpContext context, CatalogAd ad)
    {
        var before = Find(await catalog.RefreshAsync(context.RequestAborted), context);
        if (!IsExpected(context.Request, before))
        {
            await CatalogProblems.Changed.WriteAsync(context);
            return;
        }

        try
        {
            await store.UpsertAsync([ad], context.RequestAborted);
        }
        catch (CatalogConflictException)
        {
            await CatalogProblems.OtherAdvertiser.WriteAsync(context);
            return;
        }

        // The host knows it at once, not at its next look.
        var after = Find(await catalog.RefreshAsync(CancellationToken.None), context)!;
        context.Response.StatusCode = before is null ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        if (before is null)
            context.Response.Headers.Location = $"/api/v1/catalog/ads/{Uri.EscapeDataString(after.AdId)}";
        var body = BytesOf(after);
        context.Response.Headers.ETag = $"\"{TagOf(body)}\"";
        await BodyAsync(context, body);
    }

    private static async Task<(CatalogAd? Ad, string Why)> ReadAsync(HttpContext context, string id)
    {
        try
        {
            var read = await JsonSerializer.DeserializeAsync(context.Request.Body, AdsJson.Default.AdAnswer, context.RequestAborted);
            if (read?.AdvertiserId is null || read.CampaignId is null)
                return (null, "The body must be an ad with advertiser_id and campaign_id.");
            if (read.AdId is not null && read.AdId != id)
                return (null, "ad_id in the body is another than in the path.");
            var ad = read.ToAd(id);
            var problems = CatalogAdRules.Problems(ad);
            return problems.Count == 0 ? (ad, "") : (null, string.Join(' ', problems));
        }
        catch (JsonException)
        {
            return (null, "The body is no ad: see /openapi/v1.json for its fields. A field that an ad doesn't have is refused too.");
        }
    }

    private static bool IsExpected(HttpRequest request, CatalogAd? before)
    {
        var headers = request.GetTypedHeaders();
        if (headers.IfNoneMatch.Any(tag => tag.Equals(EntityTagHeaderValue.Any)))
            return before is null;
        if (request.Headers.IfMatch.Count == 0)
            return true;
        if (before is null)
            return false;
        var now = new EntityTagHeaderValue($"\"{TagOf(BytesOf(before))}\"");
        return headers.IfMatch.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(now, useStrongComparison: true));
    }

    private static CatalogAd? Find(CatalogSnapshot snapshot, HttpContext context) =>
        snapshot.TryFind((string)context.Request.RouteValues["ad_id"]!, out var entry) ? entry.ToAd() : null;

    private static byte[] BytesOf(CatalogAd ad) => JsonSerializer.SerializeToUtf8Bytes(AdAnswer.Of(ad), AdsJson.Default.AdAnswer);

    private static string TagOf(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12));

    private static Task SendAsync(HttpContext context, byte[] body)
    {
        context.Response.Headers.CacheControl = "private, no-cache";
        return Revalidation.IsKnown(context, TagOf(body)) ? Task.CompletedTask : BodyAsync(context, body);
    }

    private static Task BodyAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
