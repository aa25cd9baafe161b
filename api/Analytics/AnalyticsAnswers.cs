using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClickFuncs.Analytics;
using ClickFuncs.Analytics.Overviews;
using ClickFuncs.Api.Requests;
using Microsoft.AspNetCore.Http;

namespace ClickFuncs.Api.Analytics;

/// <summary>Sends an answer in the form that the caller accepts, and not at all when it has it already.</summary>
internal static class AnalyticsAnswers
{
    private const string Csv = "text/csv";

    public static async Task SendAsync(HttpContext context, OverviewQuery query, Overview overview, bool fill)
    {
        var isCsv = PrefersCsv(context.Request);
        var body = isCsv ? Encoding.UTF8.GetBytes(AnalyticsCsv.Write(query.Query, overview.Answer, fill)) : Json(query, overview, fill);
        context.Response.Headers.Vary = "Accept";
        // Kept by its reader only, and asked about each time: the tag is of the whole body, so it changes with any count.
        context.Response.Headers.CacheControl = "private, no-cache";
        if (Revalidation.IsKnown(context, Convert.ToHexStringLower(SHA256.HashData(body.Span).AsSpan(0, 12))))
            return;
        context.Response.ContentType = isCsv ? "text/csv; charset=utf-8" : "application/json; charset=utf-8";
        if (isCsv)
            context.Response.Headers.ContentDisposition = "attachment; filename=\"analytics.csv\"";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static ReadOnlyMemory<byte> Json(OverviewQuery query, Overview overview, bool fill)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using var writer = new Utf8JsonWriter(buffer);
        OverviewJson.Write(writer, query, overview, fill);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    // JSON unless CSV is asked for by name and liked better.
    private static bool PrefersCsv(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        var csv = accepted.Where(type => type.MediaType.Equals(Csv, StringComparison.OrdinalIgnoreCase)).Select(type => type.Quality ?? 1).DefaultIfEmpty(0).Max();
        var json = accepted.Where(type => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)).Select(type => type.Quality ?? 1).DefaultIfEmpty(0).Max();
        return csv > json;
    }
}
