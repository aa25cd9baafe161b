using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ClickFuncs.Api.Operations;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Api.Tests.SignIn;
using ClickFuncs.Log;
using ClickFuncs.Quarantine;
using ClickFuncs.State;
using Microsoft.Extensions.DependencyInjection;

namespace ClickFuncs.Api.Tests.Operations;

public sealed class QuarantineEndpointTests
{
    private const string Path = "/api/v1/operations/quarantine";

    private readonly KeptRequests _quarantine = new();

    [Fact]
    public async Task List_WithAFilter_AsksForThat()
    {
        await using var host = await StartAsync();
        using var answer = await host.GetAsOperatorAsync($"{Path}?kind=late&reason=late&partition=2&from=7&limit=5");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(new QuarantineQuery(SideOutputKind.Late, "late", 2, 7, 5), _quarantine.Query);
        var entry = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("entries")[0];
        Assert.Equal("bad_currency", entry.GetProperty("reason").GetString());
        Assert.Equal("{\"a\":1}", entry.GetProperty("event").GetString());
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=1001")]
    [InlineData("?partition=-1")]
    [InlineData("?kind=other")]
    public async Task List_WithWrongParameters_IsRefused(string query)
    {
        await using var host = await StartAsync();
        using var answer = await host.GetAsOperatorAsync(Path + query);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Replay_OfMendedEvents_GivesTheSummary()
    {
        await using var host = await StartAsync();
        using var answer = await PostAsync(host, """{"reason":null,"mended":[{"place":{"partition":1,"sequence":2},"event":"{}"}],"is_dry_run":true}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(_quarantine.Replay!.IsDryRun);
        Assert.Equal(new MendedEvent(new QuarantinePlace(1, 2), "{}"), Assert.Single(_quarantine.Replay.Mended));
        Assert.Equal(1, JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("sent").GetInt32());
    }

    [Fact]
    public async Task Replay_FromAPlace_AsksForThat()
    {
        await using var host = await StartAsync();
        using var answer = await PostAsync(host, """{"from":{"partition":3,"sequence":7}}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(new QuarantinePlace(3, 7), _quarantine.Replay!.From);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("""{"mended":[{}]}""")]
    [InlineData("""{"mended":[null]}""")]
    [InlineData("""{"from":{"partition":0,"sequence":-1}}""")]
    [InlineData("""{"mended":[{"place":{"partition":-1,"sequence":2},"event":"{}"}]}""")]
    public async Task Replay_OfAWrongBody_IsRefused(string body)
    {
        await using var host = await StartAsync();
        using var answer = await PostAsync(host, body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(_quarantine.Replay);
    }

    [Fact]
    public async Task Replay_WhileTheLogIsUnavailable_AsksToComeAgain()
    {
        _quarantine.IsRefusing = true;
        await using var host = await StartAsync();
        using var answer = await PostAsync(host, "{}");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Theory]
    [InlineData("advertiser", "adv_88f7e6d5")]
    [InlineData("finance")]
    public async Task Replay_ByOthersThanOperators_IsRefused(string role, params string[] advertisers)
    {
        await using var host = await StartAsync();
        using var answer = await PostAsync(host, "{}", TestIssuer.Shared.TokenOf(role, advertisers));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null(_quarantine.Replay);
    }

    private Task<ApiHost> StartAsync() => ApiHost.StartAsync(map: app => app.MapQuarantine(), add: services => services.AddSingleton<IQuarantine>(_quarantine));

    private static async Task<HttpResponseMessage> PostAsync(ApiHost host, string body, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}/replays");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? TestIssuer.Shared.Token());
        return await host.Client.SendAsync(request);
    }

    private sealed class KeptRequests : IQuarantine
    {
        public QuarantineQuery? Query { get; private set; }

        public ReplayRequest? Replay { get; private set; }

        public bool IsRefusing { get; set; }

        public ValueTask<QuarantinePage> ListAsync(QuarantineQuery query, CancellationToken cancellationToken)
        {
            Query = query;
            return ValueTask.FromResult(new QuarantinePage([new(new QuarantinePlace(1, 2), "bad_currency", DateTimeOffset.UnixEpoch, "{\"a\":1}", false)], null));
        }

        public Task<ReplaySummary> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken)
        {
            if (IsRefusing)
                throw new LogUnavailableException("The test's log refuses.");
            Replay = request;
            return Task.FromResult(new ReplaySummary(1, 1, 0, new Dictionary<string, long>(), 0, 0, 0));
        }
    }
}
