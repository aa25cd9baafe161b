using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ClickFuncs.Api.Budgets;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Api.Tests.SignIn;
using ClickFuncs.Budgets;
using ClickFuncs.Testing.Budgets;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Tests.Budgets;

/// <summary>The API with the budget endpoints over a store in memory; what is shown on the board is up to the test.</summary>
internal sealed class BudgetHost : IAsyncDisposable
{
    public const string Root = "/api/v1/budgets";

    private BudgetHost(ApiHost api, InMemoryBudgetStore store, BudgetBoard board) => (Api, Store, Board) = (api, store, board);

    public ApiHost Api { get; }

    public InMemoryBudgetStore Store { get; }

    public BudgetBoard Board { get; }

    public long NowMs => Api.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public static async Task<BudgetHost> StartAsync(params (string Key, string? Value)[] settings)
    {
        var (store, board) = (new InMemoryBudgetStore(), new BudgetBoard());
        var api = await ApiHost.StartAsync(
            map: app => app.MapBudgets(), add: services => services.AddSingleton<IBudgetStore>(store).AddSingleton(board), settings: settings);
        return new BudgetHost(api, store, board);
    }

    public Task<HttpResponseMessage> GetAsync(string path, string role = "operator", string advertiser = "adv_88f7e6d5", string? ifNoneMatch = null) =>
        SendAsync(HttpMethod.Get, path, role, advertiser, null, ifNoneMatch is null ? [] : [("If-None-Match", ifNoneMatch)]);

    public Task<HttpResponseMessage> PutAsync(string campaign, string body, string role = "finance", params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Put, "/" + campaign, role, "adv_88f7e6d5", body, headers);

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) => JsonElement.Parse(await answer.Content.ReadAsStringAsync());

    /// <summary>Shows a decision on the sample campaign, good for two seconds.</summary>
    public async Task ShowAsync(BudgetState state, BudgetReason reason = BudgetReason.None)
    {
        var stored = await Store.PutAsync(BudgetSamples.Budget(), null, CancellationToken.None);
        Board.Show(new BudgetSnapshot(
            [
                new BudgetEntry(
                    stored, new BudgetFigures(NowMs, NowMs, 30_000_000, 200_000_000, 5_000, false),
                    new BudgetDecision(state, reason, NowMs + 2_000, 70_000_000, 0, 100), NowMs),
            ],
            NowMs, NowMs));
    }

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string role, string advertiser, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Root + path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestIssuer.Shared.TokenOf(role, advertiser));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await Api.Client.SendAsync(request);
    }
}
