using System.Net;
using System.Text.Json;

namespace ClickFuncs.Api.Tests.OpenApi;

/// <summary>
/// Compares every good JSON answer that a test gets with what docs/openapi.json says of it: answers are written by hand, described by types, and
/// must not drift apart.
/// </summary>
internal sealed class DescribedAnswers(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly JsonElement Document = JsonElement.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "OpenApi", "openapi.json")));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType == "application/json"
            && OperationOf(request) is { } operation)
        {
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            var problems = Problems(operation, answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))).ToList();
            Assert.True(problems.Count == 0, $"{request.Method} {request.RequestUri!.AbsolutePath} is not answered as described: {string.Join("; ", problems)}");
        }

        return answer;
    }

    private static IEnumerable<string> Problems(JsonElement operation, HttpStatusCode status, JsonElement body)
    {
        if (!operation.GetProperty("responses").TryGetProperty($"{(int)status}", out var response)
            || !response.TryGetProperty("content", out var content) || !content.TryGetProperty("application/json", out var form))
            return [$"{(int)status} in JSON is not described"];
        return new AnswerSchema(Document).Problems(body, form.GetProperty("schema"));
    }

    private static JsonElement? OperationOf(HttpRequestMessage request)
    {
        var segments = request.RequestUri!.AbsolutePath.Split('/');
#pragma warning disable CA1308 // OpenAPI names methods in small letters.
        var method = request.Method.Method.ToLowerInvariant();
#pragma warning restore CA1308
        foreach (var path in Document.GetProperty("paths").EnumerateObject().OrderBy(path => path.Name.Count(letter => letter == '{')))
        {
            var template = path.Name.Split('/');
            if (template.Length == segments.Length && template.Zip(segments).All(pair => pair.First == pair.Second || pair.First.StartsWith('{')) && path.Value.TryGetProperty(method, out var operation))
                return operation;
        }

        return null;
    }
}
