using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ClickFuncs.Api.Problems;

/// <summary>
/// One kind of refusal as problem details (RFC 9457), encoded once: refusing is cheap, so a flood of bad requests costs
/// less than what it asks for.
/// </summary>
internal sealed class Problem
{
    private readonly byte[] _body;

    /// <param name="slug">Last part of the stable type, <c>/problems/{slug}</c>.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="title">What it is, in a few words.</param>
    /// <param name="detail">What to know or do, in a sentence.</param>
    /// <param name="code">The reason as it is counted in metrics.</param>
    public Problem(string slug, int status, string title, string detail, string? code = null)
    {
        Status = status;
        Code = code ?? slug.Replace('-', '_');
        StatusLine = $"{status} {ReasonPhrases.GetReasonPhrase(status)}";
        _body = JsonSerializer.SerializeToUtf8Bytes(
            new ProblemBody($"/problems/{slug}", title, status, detail, Code), ProblemJson.Default.ProblemBody);
    }

    public int Status { get; }

    public string Code { get; }

    /// <summary>Status and reason phrase, for those who write the answer themselves.</summary>
    public string StatusLine { get; }

    /// <summary>The body, for those who write the answer themselves.</summary>
    public ReadOnlySpan<byte> Body => _body;

    /// <summary>Answers with the problem. Nothing may have been written before.</summary>
    public Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        response.Headers.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        response.ContentLength = _body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(_body, context.RequestAborted).AsTask();
    }
}

/// <summary>Problem details on the wire.</summary>
internal sealed record ProblemBody(string Type, string Title, int Status, string Detail, string Code);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class ProblemJson : JsonSerializerContext;
