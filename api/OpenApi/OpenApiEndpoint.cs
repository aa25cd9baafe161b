using System.Security.Cryptography;
using System.Text;
using ClickFuncs.Api.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace ClickFuncs.Api.OpenApi;

/// <summary><c>GET /openapi/v1.json</c>: the description, made at the first request and kept, as what is mapped doesn't change.</summary>
internal sealed class OpenApiEndpoint([FromKeyedServices(OpenApiDescription.Name)] IOpenApiDocumentProvider documents)
{
    private readonly Lock _lock = new();
    private Task<(byte[] Body, string Tag)>? _made;

    public async Task HandleAsync(HttpContext context)
    {
        var (body, tag) = await Made();
        context.Response.Headers.CacheControl = "no-cache";
        if (Revalidation.IsKnown(context, tag))
            return;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    // Not bound to one request: whoever asks first makes it for all. A failure is not kept.
    private Task<(byte[] Body, string Tag)> Made()
    {
        lock (_lock)
            return _made is { IsFaulted: false } ? _made : _made = MakeAsync();
    }

    private async Task<(byte[] Body, string Tag)> MakeAsync()
    {
        var document = await documents.GetOpenApiDocumentAsync(CancellationToken.None);
        var body = Encoding.UTF8.GetBytes((await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, CancellationToken.None)).ReplaceLineEndings("\n"));
        return (body, Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12)));
    }
}
