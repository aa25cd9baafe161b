using System.Net;
using System.Text.Json.Nodes;
using ClickFuncs.Api.Tests.Hosting;

namespace ClickFuncs.Api.Tests.SignIn;

public sealed class TenancyTests
{
    private const string Mine = "adv_2";
    private const string Others = "adv_88f7e6d5";

    private static readonly HashSet<string> Changing = new(["Date", "X-Request-Id"], StringComparer.OrdinalIgnoreCase);

    [Fact]
    public async Task Analytics_OfAnotherTenant_AnswersAsOfOneThatDoesNotExist()
    {
        await using var host = await ApiHost.StartAsync();
        var others = await AnswerAsync(host, Query(Others), Mine);
        var nobodys = await AnswerAsync(host, Query("adv_nobody"), Mine);

        Assert.Equal(nobodys, others);
        Assert.StartsWith("NotFound", others, StringComparison.Ordinal);
        Assert.Contains("advertiser-not-found", others, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Analytics_OfAnotherTenantWithAWrongQuery_AnswersAsOfOneThatDoesNotExist()
    {
        await using var host = await ApiHost.StartAsync();
        foreach (var wrong in (string[])["&granularity=2h", "&device=", "&foo=1", "&fill=maybe", "&end_time=2000-01-01"])
            Assert.Equal(await AnswerAsync(host, Query("adv_nobody") + wrong, Mine), await AnswerAsync(host, Query(Others) + wrong, Mine));
    }

    [Fact]
    public async Task Analytics_OfOwnAdvertiser_Answers()
    {
        await using var host = await ApiHost.StartAsync();
        Assert.StartsWith("OK", await AnswerAsync(host, Query(Mine), Mine), StringComparison.Ordinal);
        Assert.StartsWith("OK", await AnswerAsync(host, Query(Others), Mine, Others), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ADV_2")]
    [InlineData(" adv_2")]
    [InlineData("adv_2%00")]
    [InlineData("adv_2,adv_88f7e6d5")]
    [InlineData("adv_2&advertiser_id=adv_88f7e6d5")]
    [InlineData("adv_88f7e6d5&advertiser_id=adv_2")]
    public async Task Analytics_WithAnIdThatIsAlmostOnesOwn_ShowsNothing(string id)
    {
        await using var host = await ApiHost.StartAsync();
        var answer = await AnswerAsync(host, Query(id), Mine);
        Assert.True(answer.StartsWith("NotFound", StringComparison.Ordinal) || answer.StartsWith("BadRequest", StringComparison.Ordinal), answer);
    }

    [Theory]
    [InlineData("finance")]
    [InlineData("operator")]
    public async Task Analytics_ToFinanceAndOperators_AnswersForEverybody(string role)
    {
        await using var host = await ApiHost.StartAsync();
        foreach (var id in (string[])[Mine, Others])
        {
            using var answer = await host.GetAsync(Query(id), ("Authorization", $"Bearer {TestIssuer.Shared.TokenOf(role)}"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("advertiser", Mine, """{"advertisers":["adv_2"],"next":null}""")]
    [InlineData("advertiser", "adv_nobody", """{"advertisers":[],"next":null}""")]
    [InlineData("advertiser", null, """{"advertisers":[],"next":null}""")]
    [InlineData("operator", Mine, """{"advertisers":["adv_2","adv_88f7e6d5"],"next":null}""")]
    [InlineData("finance", null, """{"advertisers":["adv_2","adv_88f7e6d5"],"next":null}""")]
    public async Task Advertisers_ByCaller_AreThoseItMaySee(string role, string? advertiser, string expected)
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.GetAsync(
            "/api/v1/catalog/advertisers", ("Authorization", $"Bearer {TestIssuer.Shared.TokenOf(role, advertiser is null ? [] : [advertiser])}"));
        Assert.Equal(expected, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Advertisers_PagedByATenant_DoNotTellOfOthers()
    {
        await using var host = await ApiHost.StartAsync();
        // A page of one, when others would follow: 'next' must not say so.
        Assert.Contains("""{"advertisers":["adv_2"],"next":null}""", await AnswerAsync(host, "/api/v1/catalog/advertisers?limit=1", Mine), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Advertisers_WithIdsButWithoutTheRole_AreRefused()
    {
        await using var host = await ApiHost.StartAsync();
        var claims = TestIssuer.Claims("operator", Mine);
        claims["roles"] = new JsonArray();
        using var answer = await host.GetAsync(Query(Mine), ("Authorization", $"Bearer {TestIssuer.Shared.Token(claims)}"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static string Query(string advertiser) =>
        $"/api/v1/advertisers/analytics?advertiser_id={advertiser}&start_time=2026-07-01&end_time=2026-07-02&granularity=1d";

    // All that the caller can see of an answer, but for what differs between any two.
    private static async Task<string> AnswerAsync(ApiHost host, string path, params string[] advertisers)
    {
        using var answer = await host.GetAsync(path, ("Authorization", $"Bearer {TestIssuer.Shared.TokenOf("advertiser", advertisers)}"));
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(h => !Changing.Contains(h.Key))
            .Select(h => $"{h.Key}: {string.Join(',', h.Value)}").Order(StringComparer.Ordinal);
        return $"{answer.StatusCode}\n{string.Join('\n', headers)}\n{await answer.Content.ReadAsStringAsync()}";
    }
}
