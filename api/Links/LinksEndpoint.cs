using System.Text.Json;
using System.Text.Json.Serialization;
using ClickFuncs.Api.Catalog;
using ClickFuncs.Api.Problems;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Catalog;
using ClickFuncs.Links;
using Microsoft.AspNetCore.Http;

namespace ClickFuncs.Api.Links;

/// <summary>A link that is asked for.</summary>
/// <param name="AdId">The ad; one of the caller's own.</param>
/// <param name="Impression">Id of the impression, which is the click's identity; absent makes a new one.</param>
/// <param name="Form"><c>compact</c> (default) or <c>explicit</c>.</param>
internal sealed record LinkRequest(string? AdId, string? Impression = null, string? Form = null);

/// <summary>A link that was made.</summary>
/// <param name="Url">The link; everybody who follows it is the same click.</param>
/// <param name="ClickId">The click's identity.</param>
internal sealed record LinkAnswer(string Url, string ClickId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(LinkRequest))]
[JsonSerializable(typeof(LinkAnswer))]
internal sealed partial class LinksJson : JsonSerializerContext;

/// <summary>
/// <c>POST /api/v1/links</c>: makes a signed click link for an ad. Price and target are the catalog's: who may ask for a link
/// says neither what a click costs nor where it leads.
/// </summary>
internal sealed class LinksEndpoint(LinkMaker maker, CatalogCache catalog)
{
    private static readonly Problem Malformed = new(
        "bad-link-request", 400, "Bad link request", "Send {\"ad_id\":\"...\"}, and if wanted impression (1 to 128 bytes) and form (compact or explicit).");

    private static readonly Problem NotLinkable = new(
        "ad-not-linkable", 409, "No link for this ad", "The ad is archived or has no landing page.");

    public async Task HandleAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            await HttpProblems.UnsupportedMediaType.WriteAsync(context);
            return;
        }

        if (await ReadAsync(context) is not { AdId: { } id } asked || asked.Form is not (null or "compact" or "explicit"))
        {
            await Malformed.WriteAsync(context);
            return;
        }

        var known = catalog.Current is { } ads && ads.TryFind(id, out var found) ? found : null;
        if (known is null || !Caller.Of(context.User).MayActFor(known.ToAd().AdvertiserId))
        {
            await CatalogProblems.NoSuchAd.WriteAsync(context);
            return;
        }

        await MakeAsync(context, known, asked);
    }

    private async Task MakeAsync(HttpContext context, CatalogEntry ad, LinkRequest asked)
    {
        var click = asked.Impression ?? ClickId.New();
        string path;
        try
        {
            path = asked.Form == "explicit" ? maker.MakeExplicit(ad, click) : maker.MakeCompact(ad, click);
        }
        catch (LinkException)
        {
            await NotLinkable.WriteAsync(context);
            return;
        }
        catch (ArgumentException)
        {
            await Malformed.WriteAsync(context);
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.StatusCode = StatusCodes.Status201Created;
        var url = $"{context.Request.Scheme}://{context.Request.Host}{path}";
        await context.Response.WriteAsJsonAsync(new LinkAnswer(url, click), LinksJson.Default.LinkAnswer, cancellationToken: context.RequestAborted);
    }

    private static async Task<LinkRequest?> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, LinksJson.Default.LinkRequest, context.RequestAborted);
        }
        catch (JsonException)
        {
            // Told as a problem by the caller of this.
            return null;
        }
    }
}
