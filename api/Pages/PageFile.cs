using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace ClickFuncs.Api.Pages;

/// <summary>A file of the first page, embedded in the assembly and kept in memory.</summary>
internal sealed class PageFile
{
    // Nothing but this server's own files, and nobody may frame the page.
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly byte[] _body;
    private readonly string _contentType;
    private readonly string _tag;

    public PageFile(string name, string contentType)
    {
        using var resource = typeof(PageFile).Assembly.GetManifestResourceStream($"ClickFuncs.Api.Pages.{name}")
            ?? throw new InvalidOperationException($"The page file '{name}' is not embedded.");
        _body = new byte[resource.Length];
        resource.ReadExactly(_body);
        _contentType = contentType;
        _tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(_body).AsSpan(0, 8))}\"";
    }

    public Task WriteAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.CacheControl = "no-cache";
        headers.ETag = _tag;
        if (context.Request.Headers.IfNoneMatch == _tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        context.Response.ContentType = _contentType;
        context.Response.ContentLength = _body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(_body, context.RequestAborted).AsTask();
    }
}
