using System.Text;
using System.Text.Json;
using ClickFuncs.Analytics;
using ClickFuncs.Api.Finance;
using ClickFuncs.Batch.Close;
using ClickFuncs.Batch.Tests.Recount;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Functions.Http;
using ClickFuncs.Functions.Kusto;
using ClickFuncs.Functions.Tests.Kusto;
using ClickFuncs.Functions.Tests.Workflows;
using ClickFuncs.Functions.Workflows;
using ClickFuncs.Lake;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Functions.Tests.Hosting;

/// <summary>Backfills over HTTP on the Azure app as it is composed: counted, listed, decided upon.</summary>
public sealed class AzureBackfillTests : IAsyncLifetime
{
    private const string Path = "/api/v1/finance/backfills";
    private const string Range = Path + "/backfill-20260701T00-20260701T01";

    private static readonly Dictionary<string, string?> Patient = new(AzureAppTests.Settings) { ["ClickFuncs:Processor:AllowedLateness"] = "01:00:00" };

    private readonly LateClickStream _stream = new(new KustoAnalytics(new PlainKusto(), new KustoOptions { Slices = 2 }, TimeSpan.FromSeconds(15)), new ArchiveRig());
    private ServiceProvider _services = null!;
    private DurableTaskTestHost _durable = null!;

    public async Task InitializeAsync()
    {
        await _stream.PlayAsync();
        _services = AzureAppTests.Compose(Patient, services =>
        {
            AzureRoutesTests.Replace(services);
            services.AddSingleton<ILake>(_stream.Archive.Lake).AddSingleton((KustoAnalytics)_stream.Staging).AddSingleton<IStreamProgress>(_stream.Progress);
        });
        _durable = await DurableHost.StartAsync(_services.GetRequiredService<WorkflowCatalog>());
    }

    public async Task DisposeAsync()
    {
        await _durable.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Theory]
    [InlineData("apply", "discard", 3)]
    [InlineData("discard", "apply", 2)]
    public async Task Backfill_Kept_IsListedAndDecidedUpon(string decision, string other, long clicks)
    {
        await SendAsync("POST", Path, 202, """{"from":"2026-07-01T00:00:00Z","to":"2026-07-01T01:00:00Z"}""");
        var kept = await FollowAsync();
        Assert.Equal((1, 2), (kept.GetProperty("difference").GetProperty("rows").GetInt32(), await _stream.ClicksAsync()));
        Assert.Single((await SendAsync("GET", Path, 200)).GetProperty("runs").EnumerateArray());

        await SendAsync("POST", $"{Range}/{decision}", 202);
        var decided = await FollowAsync();

        Assert.Equal((decision == "apply", clicks), (decided.GetProperty("applied").GetBoolean(), await _stream.ClicksAsync()));
        await SendAsync("POST", $"{Range}/{other}", 409);
    }

    private async Task<JsonElement> FollowAsync()
    {
        await using var scope = Scope();
        var ended = await ((DurableWorkflowClient)scope.ServiceProvider.GetRequiredService<IWorkflowClient>())
            .WaitAsync(Range[(Path.Length + 1)..], new CancellationTokenSource(TimeSpan.FromSeconds(120)).Token);
        Assert.True(ended.State == WorkflowState.Completed, ended.Failure?.Message);
        return (await SendAsync("GET", Range, 200)).GetProperty("outcome");
    }

    private async Task<JsonElement> SendAsync(string method, string path, int status, string? body = null)
    {
        await using var scope = Scope();
        var context = AzureRoutesTests.Request(scope.ServiceProvider, method, path, body ?? "");
        await _services.GetRequiredService<HttpPipeline>().InvokeAsync(context);
        await context.Response.BodyWriter.FlushAsync();
        context.Response.Body.Position = 0;
        var answer = await new StreamReader(context.Response.Body).ReadToEndAsync();
        Assert.True(status == context.Response.StatusCode, $"{context.Response.StatusCode}: {answer}");
        return JsonElement.Parse(answer);
    }

    private AsyncServiceScope Scope()
    {
        var scope = _services.CreateAsyncScope();
        DurableClientOfInvocation.Of(scope.ServiceProvider).Client = _durable.Client;
        return scope;
    }
}
