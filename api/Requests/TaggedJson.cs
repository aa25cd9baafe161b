using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ClickFuncs.Api.Requests;

/// <summary>Sends JSON under a tag of its content, and not at all to who has it already.</summary>
internal static class TaggedJson
{
    public static async Task SendAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(16 * 1024);
        using (var writer = new Utf8JsonWriter(body))
            write(writer);
        // Kept by its reader only, and asked about each time.
        context.Response.Headers.CacheControl = "private, no-cache";
        if (Revalidation.IsKnown(context, Convert.ToHexStringLower(SHA256.HashData(body.WrittenSpan).AsSpan(0, 12))))
            return;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }
}
