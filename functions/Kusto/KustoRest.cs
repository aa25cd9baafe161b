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

    // What is said of an answer of too many rows or bytes: https://learn.microsoft.com/kusto/concepts/query-limits.
    private const string TooLarge = "E_QUERY_RESULT_SET_TOO_LARGE";

    // In the result that tells how a query went, a row of this severity or a smaller one is a failure.
    private const int FailureSeverity = 2;

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

    // The results of the statements come first, then those that describe them. That it is answered with 200 says only that the query began: rows of one that
    // failed are too few or wrong (https://learn.microsoft.com/kusto/concepts/partial-query-failures). A failure stands among the rows, as an object where a
    // row should be, or in the result that tells how the query went, or beside all results, where the vendor's clients look for it too.
    private static List<IReadOnlyList<JsonElement>> Read(JsonElement answer)
    {
        if (answer.TryGetProperty("Exceptions", out var exceptions) && exceptions.ValueKind != JsonValueKind.Null)
            throw FailedMidway(exceptions);
        if (!answer.TryGetProperty("Tables", out var tables))
            throw FailedMidway(answer);
        var results = new List<IReadOnlyList<JsonElement>>();
        foreach (var table in tables.EnumerateArray())
        {
            JsonElement[] rows = [.. table.GetProperty("Rows").EnumerateArray()];
            var severity = SeverityColumn(table);
            if (rows.FirstOrDefault(row => row.ValueKind != JsonValueKind.Array || IsFailure(row, severity)) is { ValueKind: not JsonValueKind.Undefined } failure)
                throw FailedMidway(failure);
            results.Add(rows);
        }

        return results;
    }

    // Negative if the result is not the one that tells how the query went.
    private static int SeverityColumn(JsonElement table)
    {
        if (!table.TryGetProperty("Columns", out var columns))
            return -1;
        string?[] names = [.. columns.EnumerateArray().Select(column => column.GetProperty("ColumnName").GetString())];
        return names.Contains("StatusDescription") ? Array.IndexOf(names, "Severity") : -1;
    }

    private static bool IsFailure(JsonElement status, int severity) =>
        severity >= 0 && status[severity].ValueKind == JsonValueKind.Number && status[severity].GetInt32() <= FailureSeverity;

    private static KustoException FailedMidway(JsonElement failure) => Failed("The query failed midway", failure.GetRawText());

    private static KustoException Failed(string what, string words) =>
        new($"{what}: {Cut(words)}") { IsTooLarge = words.Contains(TooLarge, StringComparison.Ordinal) };

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
            throw Failed($"The analytics database answered {(int)answer.StatusCode}", await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    private static string Cut(string text) => text.Length <= MaxMessage ? text : string.Concat(text.AsSpan(0, MaxMessage), " (cut)");
}
