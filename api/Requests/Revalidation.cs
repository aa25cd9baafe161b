using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ClickFuncs.Api.Requests;

/// <summary>Spares a caller what it has already (RFC 9110, 13): tags the answer, and answers 304 when the caller names the tag.</summary>
internal static class Revalidation
{
    /// <summary>Sets the tag; when the caller knows it, sets 304 and nothing more is to be written.</summary>
    public static bool IsKnown(HttpContext context, string tag)
    {
        var etag = new EntityTagHeaderValue($"\"{tag}\"");
        context.Response.Headers.ETag = etag.ToString();
        if (!context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(etag, useStrongComparison: false)))
            return false;
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
