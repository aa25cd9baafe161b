using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ClickFuncs.Api.Pages;

/// <summary>Which form of a file a client is given, by its <c>Accept-Encoding</c>. Pure.</summary>
internal static class ContentEncoding
{
    /// <summary><c>br</c> or <c>gzip</c>, whichever the client likes more, <c>br</c> when it likes both the same; null for plain.</summary>
    public static string? Choose(StringValues accepted)
    {
        if (!StringWithQualityHeaderValue.TryParseList(accepted, out var encodings))
            return null;
        var (brotli, gzip) = (Quality(encodings, "br"), Quality(encodings, "gzip"));
        if (brotli <= 0 && gzip <= 0)
            return null;
        return brotli >= gzip ? "br" : "gzip";
    }

    private static double Quality(IList<StringWithQualityHeaderValue> encodings, string name)
    {
        var named = encodings.FirstOrDefault(encoding => encoding.Value.Equals(name, StringComparison.OrdinalIgnoreCase));
        var entry = named ?? encodings.FirstOrDefault(encoding => encoding.Value == "*");
        return entry is null ? 0 : entry.Quality ?? 1;
    }
}
