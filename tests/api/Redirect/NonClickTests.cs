using System.Net;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Events;

namespace ClickFuncs.Api.Tests.Redirect;

/// <summary>R5: what no person asked for is recorded, but is no click and doesn't use one up.</summary>
public sealed class NonClickTests
{
    [Theory]
    [InlineData("HEAD", "Accept", "*/*", NonClickReason.Head)]
    [InlineData("GET", "Sec-Purpose", "prefetch", NonClickReason.Prefetch)]
    [InlineData("GET", "Sec-Purpose", "prefetch;anonymous-client-ip", NonClickReason.Prefetch)]
    [InlineData("GET", "Sec-Purpose", "prefetch;prerender", NonClickReason.Prerender)]
    [InlineData("GET", "Purpose", "prefetch", NonClickReason.Prefetch)]
    [InlineData("GET", "Purpose", "Prerender", NonClickReason.Prerender)]
    [InlineData("GET", "X-Moz", "prefetch", NonClickReason.Prefetch)]
    public async Task Request_NotMadeByAPerson_IsRecordedAsNonClick(string method, string header, string value, NonClickReason reason)
    {
        await using var host = await ApiHost.StartAsync();
        var link = host.Link();

        using var response = await host.SendAsync(new HttpMethod(method), link, (header, value));
        using var click = await host.GetAsync(link);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(EventDefect.None, EventDecoder.Decode(host.Log.Records[0].Record, out var view));
        Assert.Equal((EventType.NonClick, reason, 0), (view.Type, view.NonClickReason, view.CostMicros));
        Assert.True(view.ClickId.SequenceEqual("clk_1"u8));
        EventDecoder.Decode(host.Log.Records[1].Record, out var clicked);
        Assert.Equal((EventType.Click, NonClickReason.None), (clicked.Type, clicked.NonClickReason));
        Assert.NotEqual(host.Log.Records[0].Id, host.Log.Records[1].Id);
    }

    [Fact]
    public async Task Prefetch_TurnedOff_IsRecordedAndNotRedirected()
    {
        await using var host = await ApiHost.StartAsync(settings: ("Redirect:RedirectPrefetch", "false"));

        using var prefetch = await host.GetAsync(host.Link(), ("Sec-Purpose", "prefetch"));
        using var head = await host.SendAsync(HttpMethod.Head, host.Link());

        Assert.Equal(HttpStatusCode.ServiceUnavailable, prefetch.StatusCode);
        Assert.Null(prefetch.Headers.Location);
        Assert.Equal(HttpStatusCode.Found, head.StatusCode);
        Assert.Equal(2, host.Log.Records.Count);
    }

    [Fact]
    public async Task Head_BadLink_IsRefusedWithoutBody()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.SendAsync(HttpMethod.Head, "/c/nonsense");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(host.Log.Records);
    }
}
