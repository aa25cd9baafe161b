using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Azure.Core;

namespace ClickFuncs.Functions.Kusto;

/// <summary>
/// The database over its documented REST interface: https://learn.microsoft.com/kusto/api/rest/ (query version 1, streaming ingestion). No
/// vendor library: three addresses and a bearer token.
/// </summary>
/// <param name="http">The client; its base address is the cluster's.</param>
/// <param name="database">Name of the database.</param>
/// <param name="credential">Who asks; null for an emulator, which knows nobody.</param>
public sealed class KustoRest(HttpClient http, string database, TokenCredential? credential) : IKusto
{
    private const int MaxMessage = 1000;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IReadOnlyList<JsonElement>>> QueryAsync(KustoQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        // Properties are a text that is JSON, as the interface is documented.
        var body = new { db = database, csl = query.Text, properties = JsonSerializer.Serialize(new { query.Parameters }) };
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var answer = await SendAsync("v1/rest/query", content, cancellationToken);
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        return Read(await JsonSerializer.DeserializeAsync<JsonElement>(stream, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task IngestAsync(string table, string csv, CancellationToken cancellationToken)
    {
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        using var answer = await SendAsync($"v1/rest/ingest/{Uri.EscapeDataString(database)}/{Uri.EscapeDataString(table)}?streamFormat=Csv", content, cancellationToken);
    }

    // The results of the statements come first, then one that describes them. A failure midway stands among the rows.
    private static List<IReadOnlyList<JsonElement>> Read(JsonElement answer)
    {
        var results = new List<IReadOnlyList<JsonElement>>();
        foreach (var table in answer.GetProperty("Tables").EnumerateArray())
        {
            JsonElement[] rows = [.. table.GetProperty("Rows").EnumerateArray()];
            if (rows.FirstOrDefault(row => row.ValueKind != JsonValueKind.Array) is { ValueKind: not JsonValueKind.Undefined } failure)
                throw new KustoException($"The query failed midway: {Cut(failure.GetRawText())}");
            results.Add(rows);
        }

        return results;
    }

    private async Task<HttpResponseMessage> SendAsync(string path, HttpContent content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (credential is not null)
        {
            var scope = $"{http.BaseAddress!.GetLeftPart(UriPartial.Authority)}/.default";
            var token = await credential.GetTokenAsync(new TokenRequestContext([scope]), cancellationToken);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        }

        var answer = await http.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw new KustoException($"The analytics database answered {(int)answer.StatusCode}: {Cut(await answer.Content.ReadAsStringAsync(cancellationToken))}");
    }

    private static string Cut(string text) => text.Length <= MaxMessage ? text : string.Concat(text.AsSpan(0, MaxMessage), " (cut)");
}
