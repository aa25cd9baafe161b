using System.Net;
using ClickFuncs.Api.Tests.Hosting;
using ClickFuncs.Events;
using ClickFuncs.Verdicts;
using Microsoft.Extensions.Options;

namespace ClickFuncs.Api.Tests.Redirect;

/// <summary>R20, R21: known invalid traffic is marked on the event, and redirected like everything else.</summary>
public sealed class VerdictTests
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0";
    private const string Bot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

    [Theory]
    [InlineData(Browser, VerdictTier.Valid, VerdictReasons.None)]
    [InlineData(Bot, VerdictTier.Invalid, VerdictReasons.KnownBot)]
    [InlineData("ZzyzxCrawler/0.1 (test)", VerdictTier.Invalid, VerdictReasons.SelfDeclaredCrawler)]
    [InlineData("-----------", VerdictTier.Suspect, VerdictReasons.AbsurdUserAgent)]
    [InlineData(null, VerdictTier.Suspect, VerdictReasons.MissingUserAgent)]
    public async Task Click_OfAnyUserAgent_IsRedirectedAndRecordedWithItsVerdict(string? userAgent, VerdictTier tier, VerdictReasons reasons)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync(host.Link(), userAgent is null ? [] : [("User-Agent", userAgent)]);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.NotNull(response.Headers.Location);
        Assert.Equal(EventDefect.None, EventDecoder.Decode(Assert.Single(host.Log.Records).Record, out var view));
        Assert.Equal((EventType.Click, new Verdict(tier, reasons)), (view.Type, view.Verdict));
        Assert.True(view.CostMicros > 0, "A mark takes nothing from the event: what it would have cost stays known.");
    }

    [Fact]
    public async Task NonClick_OfABot_IsNotJudged()
    {
        await using var host = await ApiHost.StartAsync();

        using var head = await host.SendAsync(HttpMethod.Head, host.Link(), ("User-Agent", Bot));
        using var prefetch = await host.GetAsync(host.Link(clickId: "clk_2"), ("User-Agent", Bot), ("Sec-Purpose", "prefetch"));

        Assert.Equal(2, host.Log.Records.Count);
        Assert.All(host.Log.Records, record =>
        {
            EventDecoder.Decode(record.Record, out var view);
            Assert.Equal((EventType.NonClick, default(Verdict)), (view.Type, view.Verdict));
        });
    }

    [Fact]
    public async Task Click_FromADataCenter_IsJudgedByTheClientsAddress()
    {
        await using var host = await ApiHost.StartAsync(settings:
        [
            ("Verdicts:DataCenterRanges:0", "203.0.113.0/24"), ("Redirect:ForwardedForHeader", "X-Forwarded-For"), ("Redirect:TrustedProxies:0", "127.0.0.0/8"),
        ]);

        using var server = await host.GetAsync(host.Link(), ("User-Agent", Browser), ("X-Forwarded-For", "203.0.113.9"));
        using var home = await host.GetAsync(host.Link(clickId: "clk_2"), ("User-Agent", Browser), ("X-Forwarded-For", "198.51.100.9"));

        EventDecoder.Decode(host.Log.Records[0].Record, out var first);
        Assert.Equal(new Verdict(VerdictTier.Invalid, VerdictReasons.DataCenter), first.Verdict);
        EventDecoder.Decode(host.Log.Records[1].Record, out var second);
        Assert.Equal(Verdict.Valid, second.Verdict);
    }

    [Fact]
    public async Task Click_RuleTurnedOff_LeavesNoMark()
    {
        await using var host = await ApiHost.StartAsync(settings: [("Verdicts:KnownBots", "Off"), ("Verdicts:SelfDeclaredCrawlers", "Suspect")]);

        using var response = await host.GetAsync(host.Link(), ("User-Agent", Bot));

        EventDecoder.Decode(Assert.Single(host.Log.Records).Record, out var view);
        Assert.Equal(new Verdict(VerdictTier.Suspect, VerdictReasons.SelfDeclaredCrawler), view.Verdict);
    }

    [Fact]
    public async Task Metrics_AfterABot_CountItsReason()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync(host.Link(), ("User-Agent", Bot));
        using var metrics = await host.GetAsync("/metrics");

        var text = await metrics.Content.ReadAsStringAsync();
        Assert.Contains(text.Split('\n'), line =>
            line.StartsWith("clickfuncs_verdict_reasons_total{", StringComparison.Ordinal)
            && line.Contains("reason=\"known_bot\"", StringComparison.Ordinal) && line.Contains("tier=\"invalid\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_NetworkThatCannotBeRead_IsRefusedByName()
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => ApiHost.StartAsync(settings: ("Verdicts:DataCenterRanges:0", "nonsense")));

        Assert.Contains("'nonsense'", failure.Message, StringComparison.Ordinal);
    }
}
