using System.Security.Claims;
using System.Text;
using System.Text.Json;
using ClickFuncs.Analytics;
using ClickFuncs.ApiKeys;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Budgets;
using ClickFuncs.Catalog;
using ClickFuncs.Functions.Cosmos;
using ClickFuncs.Functions.Counting;
using ClickFuncs.Functions.Hosting;
using ClickFuncs.Functions.Http;
using ClickFuncs.Functions.Kusto;
using ClickFuncs.Functions.Operations;
using ClickFuncs.Functions.Quarantine;
using ClickFuncs.Functions.Tables;
using ClickFuncs.Functions.Tests.Counting;
using ClickFuncs.Functions.Tests.Documents;
using ClickFuncs.Functions.Tests.Kusto;
using ClickFuncs.Functions.Tests.Workflows;
using ClickFuncs.Functions.Workflows;
using ClickFuncs.Lake;
using ClickFuncs.Ledger;
using ClickFuncs.Log;
using ClickFuncs.Sessions;
using ClickFuncs.State;
using ClickFuncs.Testing.Lake;
using ClickFuncs.Testing.Log;
using ClickFuncs.Testing.Spool;
using ClickFuncs.Testing.State;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClickFuncs.Functions.Tests.Hosting;

/// <summary>Every route of the one-machine host, by its published description, is answered by the Azure app.</summary>
public sealed class AzureRoutesTests(AzureRoutesTests.App app) : IClassFixture<AzureRoutesTests.App>
{
    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["/api/v1/finance/backfills"] = """{"from":"2026-07-01T00:00:00Z","to":"2026-07-01T01:00:00Z"}""",
        ["/api/v1/operations/quarantine/replays"] = """{"is_dry_run":true}""",
    };

    public static TheoryData<string, string> Routes()
    {
        using var description = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "openapi.json")));
        var routes = new TheoryData<string, string>();
        foreach (var path in description.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (var method in path.Value.EnumerateObject())
                routes.Add(method.Name, path.Name);
        }

        return routes;
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_OfTheOneMachineHost_IsAnsweredAndNeverFails(string method, string path)
    {
        await using var scope = app.Services.CreateAsyncScope();
        DurableClientOfInvocation.Of(scope.ServiceProvider).Client = app.Durable.Client;
        var context = Request(scope.ServiceProvider, method, path);

        await app.Services.GetRequiredService<HttpPipeline>().InvokeAsync(context);

        Assert.NotNull(context.GetEndpoint());
        context.Response.Body.Position = 0;
        var answer = await new StreamReader(context.Response.Body).ReadToEndAsync();
        Assert.True(context.Response.StatusCode is >= 200 and < 500, $"{context.Response.StatusCode}: {answer}");
    }

    private static DefaultHttpContext Request(IServiceProvider services, string method, string path)
    {
        var filled = path.Replace("{date}", "2026-07-01", StringComparison.Ordinal).Replace("{name}", "rollup", StringComparison.Ordinal)
            .Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
        return Request(services, method, filled, Bodies.GetValueOrDefault(path, """{"date":"2026-07-01"}"""));
    }

    /// <summary>A request of somebody with every role.</summary>
    internal static DefaultHttpContext Request(IServiceProvider services, string method, string path, string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        var context = new DefaultHttpContext { RequestServices = services, User = Operator() };
        (context.Request.Method, context.Request.Path, context.Request.Scheme, context.Request.Host) = (method.ToUpperInvariant(), path, "https", new HostString("x"));
        context.Request.QueryString = new QueryString(
            "?advertiser_id=adv_1&start_time=2026-07-01T00:00:00Z&end_time=2026-07-02T00:00:00Z&month=2026-07&date=2026-07-01&currency=USD&day=2026-07-01");
        if (context.Request.Method != "GET")
            (context.Request.ContentType, context.Request.ContentLength, context.Request.Body) = ("application/json", body.Length, new MemoryStream(body));
        context.Response.Body = new MemoryStream();
        return context;
    }

    private static ClaimsPrincipal Operator() => new(new ClaimsIdentity(
        [new Claim("sub", "tester"), new Claim("exp", "4102444800"), new Claim("role", "operator"), new Claim("role", "finance"), new Claim("advertiser_id", "adv_1")],
        "test", "sub", "role"));

    /// <summary>Stores are fakes with the services' limits; who calls is not the question here.</summary>
    internal static void Replace(IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationHandler, LetIn>();
        services.AddSingleton<ILake>(new InMemoryLake()).AddKeyedSingleton<ILake>(StoreNames.Spool, new InMemoryLake());
        services.AddKeyedSingleton<IClickLog>(AzureStores.ClickHub, new ScriptedLog(TimeProvider.System));
        services.AddSingleton<IPartitionSource>(new ListPartition(new ListLog()));
        services.AddSingleton<IPartitionStateStore>(new InMemoryPartitionStateStore());
        services.AddSingleton(new CosmosOperations(new InMemoryDocuments())).AddSingleton(new ReplayMarks(new InMemoryDocuments(), TimeProvider.System));
        services.AddSingleton(new CosmosBudgets(new InMemoryDocuments())).AddSingleton(new CosmosBoard(new InMemoryDocuments())).AddSingleton(new CosmosFlags(new InMemoryDocuments()));
        services.AddSingleton<ICatalogStore>(new TableCatalog(Table())).AddSingleton<IApiKeyStore>(new TableApiKeys(Table()));
        services.AddSingleton<ISessionRevocations>(new TableSessionRevocations(Table())).AddSingleton<ILedger>(new TableLedger(Table()));
        services.AddSingleton(new KustoAnalytics(new PlainKusto(), new KustoOptions(), TimeSpan.FromSeconds(15)));
    }

    private static InMemoryDocuments Table() => new(1 << 20, 4 << 20);

    private sealed class LetIn : IAuthorizationHandler
    {
        public Task HandleAsync(AuthorizationHandlerContext context)
        {
            foreach (var requirement in context.PendingRequirements.ToList())
                context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }

    /// <summary>The app over fakes, once for all routes.</summary>
    public sealed class App : IAsyncLifetime
    {
        public ServiceProvider Services { get; private set; } = null!;

        public DurableTaskTestHost Durable { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Services = AzureAppTests.Compose(AzureAppTests.Settings, Replace);
            await Services.GetRequiredService<CatalogCache>().RefreshAsync(CancellationToken.None);
            Durable = await DurableHost.StartAsync(Services.GetRequiredService<WorkflowCatalog>());
        }

        public async Task DisposeAsync()
        {
            await Durable.DisposeAsync();
            await Services.DisposeAsync();
        }
    }
}
