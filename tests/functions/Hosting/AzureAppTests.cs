using System.Diagnostics;
using System.Reflection;
using ClickFuncs.Batch.Workflows;
using ClickFuncs.Functions.Hosting;
using ClickFuncs.Functions.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClickFuncs.Functions.Tests.Hosting;

/// <summary>The composition: complete, and refused when a setting is missing or wrong.</summary>
public sealed class AzureAppTests
{
    internal static readonly Dictionary<string, string?> Settings = new()
    {
        ["EventHubs:fullyQualifiedNamespace"] = "x.servicebus.windows.net",
        ["ClickLogHub"] = "clicks",
        ["SpendHub"] = "spend",
        ["SignalsHub"] = "signals",
        ["ClickFuncs:Azure:ClickLogPartitions"] = "4",
        ["ClickFuncs:Azure:CosmosEndpoint"] = "https://x.documents.azure.com",
        ["ClickFuncs:Azure:TablesEndpoint"] = "https://x.table.core.windows.net",
        ["ClickFuncs:Azure:LakeEndpoint"] = "https://x.blob.core.windows.net",
        ["ClickFuncs:Azure:KustoEndpoint"] = "https://x.kusto.windows.net",
        ["ClickFuncs:Azure:PseudonymSecret"] = Convert.ToBase64String(new byte[32]),
        ["ClickFuncs:Azure:IdentitySecret"] = Convert.ToBase64String(new byte[32]),
        ["ClickFuncs:Links:Keys:0:Id"] = "1",
        ["ClickFuncs:Links:Keys:0:Secret"] = Convert.ToBase64String(new byte[32]),
        ["ClickFuncs:Links:ActiveKeyId"] = "1",
        ["ClickFuncs:SignIn:Authority"] = "https://login.example/",
    };

    private static readonly string[] WithoutDefault =
        [.. Settings.Keys.Where(name => !name.Contains("Links", StringComparison.Ordinal) && !name.Contains("SignIn", StringComparison.Ordinal))];

    public static TheoryData<string> Needed => [.. WithoutDefault];

    [Fact]
    public async Task Functions_OfTheApp_CanAllBeMade()
    {
        await using var services = Compose(Settings);
        var classes = typeof(AzureApp).Assembly.GetTypes().Where(type => type.GetMethods().Any(method => method.GetCustomAttribute<FunctionAttribute>() is not null)).ToList();
        Assert.Equal(7, classes.Count);
        Assert.All(classes, type => Assert.NotNull(ActivatorUtilities.CreateInstance(services, type)));
        Assert.NotNull(services.GetRequiredService<HttpPipeline>());
    }

    [Theory]
    [InlineData("/nowhere", 404)]
    [InlineData("/api/v1/finance/reconciliations", 401)]
    [InlineData("/openapi/v1.json", 200)]
    public async Task Pipeline_RequestOfTheCatchAllFunction_IsRoutedAnew(string path, int status)
    {
        await using var services = Compose(Settings);
        await using var scope = services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, Request = { Method = "GET", Path = path } };
        // As the host's routing leaves it: with the function's endpoint, which says nothing of ours.
        context.SetEndpoint(new Endpoint(_ => Task.CompletedTask, EndpointMetadataCollection.Empty, "Http"));
        context.Request.RouteValues["path"] = path;
        await services.GetRequiredService<HttpPipeline>().InvokeAsync(context);
        Assert.Equal(status, context.Response.StatusCode);
    }

    [Fact]
    public async Task Schedules_Workflows_AreInTheCatalog()
    {
        await using var services = Compose(Settings);
        var catalog = services.GetRequiredService<WorkflowCatalog>();
        Assert.Superset(new HashSet<string> { "hourly", "nightly", "rollup", "retention" }, catalog.Workflows.ToHashSet());
        Assert.Equal(["compaction", "nightly", "rollup", "retention"], services.GetRequiredService<IReadOnlyList<WorkflowSchedule>>().Select(schedule => schedule.Name));
    }

    [Theory]
    [MemberData(nameof(Needed))]
    public async Task Setting_Missing_IsNamedAtStart(string name)
    {
        await using var services = Compose(Settings.Where(setting => setting.Key != name).ToDictionary());
        var refused = Assert.ThrowsAny<Exception>(services.RequireSettings);
        Assert.Contains(name.Split(':')[^1], refused.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Settings_AllThere_AreAccepted()
    {
        await using var services = Compose(Settings);
        services.RequireSettings();
    }

    [Fact]
    public async Task Settings_NoneThere_AreNamedTogether()
    {
        await using var services = Compose([]);
        var refused = Assert.ThrowsAny<Exception>(services.RequireSettings).ToString();
        Assert.All(WithoutDefault, name => Assert.Contains(name.Split(':')[^1], refused, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The app's services by settings, with others in the place of some.</summary>
    internal static ServiceProvider Compose(Dictionary<string, string?> settings, Action<IServiceCollection>? replace = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration).AddLogging();
        var environment = WebApplication.CreateBuilder().Environment;
        services.AddSingleton(environment).AddSingleton<IHostEnvironment>(environment).AddSingleton(new DiagnosticListener("test"));
        services.AddClickFuncsOnAzure(configuration);
        replace?.Invoke(services);
        return services.BuildServiceProvider();
    }
}
