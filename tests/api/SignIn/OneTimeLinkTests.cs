using System.Net;
using ClickFuncs.Api.SignIn;
using ClickFuncs.Api.SignIn.Sessions;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Testing.Time;

namespace ClickFuncs.Api.Tests.SignIn;

public sealed class OneTimeLinkTests
{
    private static readonly Caller Somebody = new("user-1", [Roles.Advertiser], ["adv_2"]);

    [Fact]
    public async Task Link_FirstUse_SignsInAndLeadsToTheFirstPage()
    {
        await using var host = await ApiHost.StartAsync();
        using var answer = await host.GetAsync($"/signin/once/{host.Codes.Issue(Somebody)}");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location?.ToString());
        var cookie = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        using var advertisers = await host.GetAsync("/api/v1/catalog/advertisers", ("Cookie", cookie));
        Assert.Equal("""{"advertisers":["adv_2"],"next":null}""", await advertisers.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Link_SecondUse_IsOver()
    {
        await using var host = await ApiHost.StartAsync();
        var path = $"/signin/once/{host.Codes.Issue(Somebody)}";
        Assert.Equal(HttpStatusCode.SeeOther, await StatusAsync(host, path));

        using var second = await host.GetAsync(path);

        Assert.Equal(HttpStatusCode.Gone, second.StatusCode);
        Assert.False(second.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData(599, HttpStatusCode.SeeOther)]
    [InlineData(600, HttpStatusCode.Gone)]
    public async Task Link_InTime_WorksForTenMinutes(int seconds, HttpStatusCode expected)
    {
        await using var host = await ApiHost.StartAsync();
        var path = $"/signin/once/{host.Codes.Issue(Somebody)}";
        host.Clock.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(expected, await StatusAsync(host, path));
    }

    [Fact]
    public async Task Link_UsedByManyAtOnce_SignsOneIn()
    {
        await using var host = await ApiHost.StartAsync();
        var path = $"/signin/once/{host.Codes.Issue(Somebody)}";
        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StatusAsync(host, path)));
        Assert.Single(statuses, HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task Link_FetchedAhead_IsNotUsedUp()
    {
        await using var host = await ApiHost.StartAsync();
        var path = $"/signin/once/{host.Codes.Issue(Somebody)}";

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(host, path, ("Sec-Purpose", "prefetch;prerender")));
        using (var head = await host.SendAsync(HttpMethod.Head, path))
            Assert.Equal(HttpStatusCode.MethodNotAllowed, head.StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, await StatusAsync(host, path));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("%00")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%F0%9F%92%A5%27;drop")]
    public async Task Link_ThatNeverWas_AnswersAsOneThatIsOver(string code)
    {
        await using var host = await ApiHost.StartAsync();
        Assert.Contains(await StatusAsync(host, $"/signin/once/{code}"), (HttpStatusCode[])[HttpStatusCode.Gone, HttpStatusCode.BadRequest]);
    }

    [Fact]
    public void Issue_BeyondTheLimit_IsRefusedUntilSomeHaveExpired()
    {
        var clock = new ManualClock();
        var codes = new OneTimeCodes(clock);
        for (var i = 0; i < 100; i++)
            codes.Issue(Somebody);

        Assert.Throws<InvalidOperationException>(() => codes.Issue(Somebody));
        clock.Advance(OneTimeCodes.Lifetime);
        Assert.Equal(Somebody, codes.Take(codes.Issue(Somebody)));
    }

    private static async Task<HttpStatusCode> StatusAsync(ApiHost host, string path, params (string Name, string Value)[] headers)
    {
        using var answer = await host.GetAsync(path, headers);
        return answer.StatusCode;
    }
}
