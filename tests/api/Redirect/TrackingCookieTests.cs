using System.Text;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Events;

namespace ClickFuncs.Api.Tests.Redirect;

/// <summary>R1: the tracking cookie, and opting out of it.</summary>
public sealed class TrackingCookieTests
{
    private const string Known = "AbCdEfGhIjKlMnOpQrStUv";

    [Theory]
    [InlineData("DNT", "1")]
    [InlineData("Sec-GPC", "1")]
    [InlineData("Cookie", "cf_optout=1")]
    [InlineData("Cookie", $"cf_uid={Known}; cf_optout=1")]
    [InlineData("Cookie", $"a=b; cf_optout=1; cf_uid={Known}")]
    public async Task Get_OptedOut_SetsNoCookieAndRecordsNoUser(string header, string value)
    {
        await using var host = await ApiHost.StartAsync();

        using var compact = await host.GetAsync(host.Link(), (header, value));
        using var explicitForm = await host.GetAsync(host.Links.MakeExplicit(ApiHost.Entry(), userId: "usr_1"), (header, value));

        Assert.False(compact.Headers.Contains("Set-Cookie") || explicitForm.Headers.Contains("Set-Cookie"));
        Assert.All(host.Log.Records, one =>
        {
            EventDecoder.Decode(one.Record, out var view);
            Assert.True(view.UserId.IsEmpty);
        });
    }

    [Theory]
    [InlineData($"cf_uid={Known}")]
    [InlineData($"a=b; cf_uid={Known}; c=d")]
    [InlineData($"xcf_uid=no;cf_uid={Known}")]
    public async Task Get_KnownUser_KeepsTheId(string cookie)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync(host.Link(), ("Cookie", cookie), ("DNT", "0"));

        Assert.StartsWith($"cf_uid={Known};", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        EventDecoder.Decode(Assert.Single(host.Log.Records).Record, out var view);
        Assert.Equal(Known, Encoding.ASCII.GetString(view.UserId));
    }

    [Theory]
    [InlineData("cf_uid=")]
    [InlineData("cf_uid=short")]
    [InlineData("cf_uid=AbCdEfGhIjKlMnOpQrSt<>")]
    [InlineData($"cf_uid={Known}x")]
    public async Task Get_CookieThatIsNotOurs_IsReplaced(string cookie)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync(host.Link(), ("Cookie", cookie));

        Assert.Matches("^cf_uid=[A-Za-z0-9_-]{22};", response.Headers.GetValues("Set-Cookie").Single());
        Assert.DoesNotContain("short", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }
}
