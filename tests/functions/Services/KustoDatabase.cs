using System.Net.Http.Headers;
using System.Net.Http.Json;
using Azure.Core;
using Azure.Identity;
using ClickFuncs.Functions.Kusto;
using ClickFuncs.Functions.Tests.Kusto;

namespace ClickFuncs.Functions.Tests.Services;

/// <summary>
/// A Kusto database that is given to the tests, with the schema of <c>functions/Kusto/schema.kql</c>. It has no folder or container to open anew, so what
/// is in the schema's tables and views is deleted before each test.
/// </summary>
internal sealed class KustoDatabase : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _name;
    private readonly TokenCredential? _credential;

    private KustoDatabase(Uri address)
    {
        _name = Uri.UnescapeDataString(address.AbsolutePath.Trim('/'));
        if (_name.Length == 0)
            throw new InvalidOperationException($"{ServiceAddresses.Kusto} must name a database after the address, which is emptied.");
        _http = new HttpClient { BaseAddress = new Uri(address.GetLeftPart(UriPartial.Authority) + "/") };
        // As the app does: an emulator, which has no https, knows nobody.
        _credential = address.Scheme == Uri.UriSchemeHttp ? null : new DefaultAzureCredential();
    }

    /// <summary>The database where the environment says, with the schema and without rows.</summary>
    public static async Task<KustoDatabase> OpenEmptyAsync()
    {
        var database = new KustoDatabase(new Uri(ServiceAddresses.Require(ServiceAddresses.Kusto)));
        await database.CommandAsync($".execute database script with (ThrowOnErrors=true) <|\n{KustoSchema.Text}");
        foreach (var table in KustoSchema.Tables.Keys)
            await database.CommandAsync($".clear table {table} data");
        // A view keeps what was deleted from its table.
        foreach (var view in KustoSchema.Views)
            await database.CommandAsync($".clear materialized-view {view} data");
        return database;
    }

    /// <summary>The database as the adapter speaks to it.</summary>
    public IKusto Client() => new KustoRest(_http, _name, _credential);

    public void Dispose() => _http.Dispose();

    private async Task CommandAsync(string command)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/rest/mgmt") { Content = JsonContent.Create(new { db = _name, csl = command }) };
        if (_credential is not null)
        {
            var token = await _credential.GetTokenAsync(new TokenRequestContext([$"{_http.BaseAddress!.GetLeftPart(UriPartial.Authority)}/.default"]), CancellationToken.None);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        }

        using var answer = await _http.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
            throw new KustoException($"'{command.Split('\n')[0]}' was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
