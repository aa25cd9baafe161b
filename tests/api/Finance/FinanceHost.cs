using System.Net;
using System.Text;
using System.Text.Json;
using ClickFuncs.Api.Finance;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Api.Tests.SignIn;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Reconciliation;
using ClickFuncs.Batch.Recount;
using ClickFuncs.Batch.Scratch;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Lake;
using ClickFuncs.Ledger;
using ClickFuncs.Testing.Lake;
using ClickFuncs.Testing.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Tests.Finance;

/// <summary>The API with the finance endpoints over a lake and a ledger in memory, asked as finance.</summary>
internal sealed class FinanceHost : IAsyncDisposable
{
    public const string Root = "/api/v1/finance";

    private FinanceHost(ApiHost api, InMemoryLake lake, InMemoryLedger ledger, FakeCloses closes) => (Api, Lake, Ledger, Closes) = (api, lake, ledger, closes);

    public ApiHost Api { get; }

    public InMemoryLake Lake { get; }

    public InMemoryLedger Ledger { get; }

    public FakeCloses Closes { get; }

    /// <param name="lake">What is in the lake; nothing unless said.</param>
    /// <param name="workflows">Who runs workflows; nobody unless said.</param>
    /// <param name="policy">The policy the stream runs with.</param>
    public static async Task<FinanceHost> StartAsync(InMemoryLake? lake = null, IWorkflowClient? workflows = null, CountingPolicy? policy = null)
    {
        var ledger = new InMemoryLedger();
        lake ??= new InMemoryLake();
        var closes = new FakeCloses(new Testing.Time.ManualClock());
        var api = await ApiHost.StartAsync(map: app => app.MapFinance(), add: services => services
            .AddSingleton<ILake>(lake).AddSingleton<ILedger>(ledger).AddSingleton(workflows ?? closes)
            .AddSingleton(new FinanceSettings(new CloseOptions(), policy ?? new CountingPolicy(), new ScratchOptions())));
        return new FinanceHost(api, lake, ledger, closes);
    }

    /// <summary>Asks as finance, or as somebody else.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, string role = "finance", params (string Name, string Value)[] headers) =>
        Api.GetAsync(Root + path, [("Authorization", $"Bearer {TestIssuer.Shared.TokenOf(role, "adv_1")}"), .. headers]);

    /// <summary>The body of an answer that must be 200, and JSON.</summary>
    public async Task<JsonElement> JsonAsync(string path)
    {
        using var answer = await GetAsync(path);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, body);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return JsonElement.Parse(body);
    }

    /// <summary>Status and sentence of a refusal.</summary>
    public async Task<(HttpStatusCode Status, string Type, string Detail)> RefusalAsync(string path)
    {
        using var answer = await GetAsync(path);
        return await RefusalAsync(answer);
    }

    public static async Task<(HttpStatusCode Status, string Type, string Detail)> RefusalAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{answer.StatusCode} {body}");
        var problem = JsonElement.Parse(body);
        return (answer.StatusCode, problem.GetProperty("type").GetString()!["/problems/".Length..], problem.GetProperty("detail").GetString()!);
    }

    /// <summary>Posts a body to where closes are started.</summary>
    public Task<HttpResponseMessage> PostAsync(string body, string type = "application/json", string role = "finance") => PostToAsync("/reconciliations", body, type, role);

    /// <summary>Posts a body.</summary>
    public async Task<HttpResponseMessage> PostToAsync(string path, string body = "", string type = "application/json", string role = "finance")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Root + path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {TestIssuer.Shared.TokenOf(role)}");
        return await Api.Client.SendAsync(request);
    }

    /// <summary>Records that a day was closed, with a report in every form.</summary>
    public async Task CloseAsync(DateOnly date, int revision, DayCut? cut = null)
    {
        var folder = $"reports/reconciliation/{date:yyyy-MM-dd}/r{revision:0000}/";
        foreach (var (name, content) in Forms(date, revision))
            Lake.Overwrite(folder + name, Encoding.UTF8.GetBytes(content));
        await new CloseRecords(Lake).AddAsync(
            new CloseRecord
            {
                Date = date,
                Revision = revision,
                Cut = [.. (cut?.Partitions ?? []).Select(entry => new ReportCut(entry.Partition, entry.LastSequence, entry.PublishedSequence))],
                Recount = [],
                Stream = "",
                Reports = folder,
                ReportSha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"{date:O} {revision}"))),
                Seal = "",
                Alerts = [],
            },
            CancellationToken.None);
    }

    /// <summary>The report files of a close and what is in them.</summary>
    public static IEnumerable<(string Name, string Content)> Forms(DateOnly date, int revision) =>
    [
        ("reconciliation.json", Encoding.UTF8.GetString(ReconciliationReportJson.Write(EmptyReport(date, revision)))), ("reconciliation.html", $"<!doctype html><title>{date:yyyy-MM-dd} {revision}</title>"),
        ("differences.csv", $"hour,clicks\n{date:yyyy-MM-dd},{revision}\n"), ("differences.parquet", $"PAR1 {date:yyyy-MM-dd} {revision} PAR1"),
    ];

    private static ReconciliationReport EmptyReport(DateOnly date, int revision) => new()
    {
        Date = $"{date:yyyy-MM-dd}",
        Revision = revision,
        Policy = new ReportPolicy(30, 60, 86_400, 300, 1),
        Cut = [],
        Currencies = [],
        Copies = new CopyFigures(0, 0),
        Quarantined = new Dictionary<string, long>(),
        Unexplained = new UnexplainedFigures(0, 0, 0, []),
        Alerts = [],
        Advertisers = [],
    };

    public ValueTask DisposeAsync() => Api.DisposeAsync();
}
