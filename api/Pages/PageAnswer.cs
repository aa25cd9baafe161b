using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ClickFuncs.Api.Pages;

/// <summary>Answers with a file of the dashboard in the form the client reads best, or with 304 when it has it.</summary>
internal sealed class PageAnswer
{
    // Nothing but this server's own files, no script made from text, and nobody may frame the page.
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private readonly PageFile _file;
    private readonly string _contentType;
    private readonly string _cacheControl;
    private readonly string _hash;

    /// <param name="file">The file.</param>
    /// <param name="isImmutable">Whether its path changes with its content, so that it never has to be asked for again.</param>
    public PageAnswer(PageFile file, bool isImmutable)
    {
        _file = file;
        _contentType = ContentType(file.Path);
        _cacheControl = isImmutable ? "public, max-age=31536000, immutable" : "no-cache";
        _hash = Convert.ToHexStringLower(SHA256.HashData(file.Plain).AsSpan(0, 8));
    }

    public Task WriteAsync(HttpContext context)
    {
        var encoding = ContentEncoding.Choose(context.Request.Headers.AcceptEncoding);
        // Each form is a representation of its own, so it has a tag of its own.
        var tag = $"\"{_hash}{(encoding is null ? "" : $"-{encoding}")}\"";
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = _cacheControl;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.ETag = tag;
        if (Has(context.Request.Headers.IfNoneMatch, tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var body = encoding switch { "br" => _file.Brotli, "gzip" => _file.Gzip, _ => _file.Plain };
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        context.Response.ContentType = _contentType;
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static bool Has(StringValues known, string tag) =>
        EntityTagHeaderValue.TryParseList(known, out var tags)
        && tags.Any(other => other.Tag == "*" || other.Compare(EntityTagHeaderValue.Parse(tag), useStrongComparison: false));

    private static string ContentType(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        var other => throw new InvalidOperationException($"Page files of type '{other}' have no content type yet; add it to {nameof(PageAnswer)}."),
    };
}
