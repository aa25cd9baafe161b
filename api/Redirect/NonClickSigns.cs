using ClickFuncs.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ClickFuncs.Api.Redirect;

/// <summary>Tells requests that no person made on purpose, by what browsers and tools say of themselves (R5).</summary>
internal static class NonClickSigns
{
    public static NonClickReason Classify(HttpRequest request)
    {
        if (HttpMethods.IsHead(request.Method))
            return NonClickReason.Head;
        var headers = request.Headers;
        if (headers.TryGetValue("Sec-Purpose", out var purpose) && Judge(purpose) is var bySecPurpose and not NonClickReason.None)
            return bySecPurpose;
        if (headers.TryGetValue("Purpose", out purpose) && Judge(purpose) is var byPurpose and not NonClickReason.None)
            return byPurpose;
        return headers.TryGetValue("X-Moz", out purpose) ? Judge(purpose) : NonClickReason.None;
    }

    // Chrome says "prefetch;prerender" for a prerender: the stronger word decides.
    private static NonClickReason Judge(StringValues values)
    {
        var reason = NonClickReason.None;
        foreach (var value in values)
        {
            if (value is null)
                continue;
            if (value.Contains("prerender", StringComparison.OrdinalIgnoreCase))
                return NonClickReason.Prerender;
            if (value.Contains("prefetch", StringComparison.OrdinalIgnoreCase))
                reason = NonClickReason.Prefetch;
        }

        return reason;
    }
}
