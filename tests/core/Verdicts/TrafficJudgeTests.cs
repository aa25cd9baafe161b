using System.Text;
using ClickFuncs.Testing.Memory;
using ClickFuncs.Testing.Verdicts;
using ClickFuncs.Verdicts;
using ClickFuncs.Verdicts.Bots;

namespace ClickFuncs.Core.Tests.Verdicts;

/// <summary>R20 and R21: what each rule says, alone and together.</summary>
public sealed class TrafficJudgeTests
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0";
    private const string Home = "198.51.100.7";
    private const string Server = "203.0.113.7";

    private static readonly KnownBots Bots = KnownBots.Load();

    [Theory]
    [InlineData(Browser, Home, VerdictTier.Valid, VerdictReasons.None)]
    [InlineData(Browser, "", VerdictTier.Valid, VerdictReasons.None)]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", Home, VerdictTier.Invalid, VerdictReasons.KnownBot)]
    [InlineData("curl/8.5.0", Home, VerdictTier.Invalid, VerdictReasons.KnownBot)]
    [InlineData("Mozilla/5.0 (compatible; ZzyzxBot/0.1)", Home, VerdictTier.Invalid, VerdictReasons.SelfDeclaredCrawler)]
    [InlineData("Our office SPIDER 1.0", Home, VerdictTier.Invalid, VerdictReasons.SelfDeclaredCrawler)]
    [InlineData("internal checker (+https://example.org/why)", Home, VerdictTier.Invalid, VerdictReasons.SelfDeclaredCrawler)]
    [InlineData("Zzyzx bots, é", Home, VerdictTier.Invalid, VerdictReasons.SelfDeclaredCrawler)]
    [InlineData("Mozilla/5.0 (Linux; Android 11; CUBOT X30) Chrome/119.0", Home, VerdictTier.Valid, VerdictReasons.None)]
    [InlineData("Mozilla/5.0 (CUBOT X30; ZzyzxBot)", Home, VerdictTier.Invalid, VerdictReasons.SelfDeclaredCrawler)]
    [InlineData("Mozilla/5.0 (Bottle browser)", Home, VerdictTier.Valid, VerdictReasons.None)]
    [InlineData(Browser, Server, VerdictTier.Invalid, VerdictReasons.DataCenter)]
    [InlineData(Browser, "::ffff:203.0.113.7", VerdictTier.Invalid, VerdictReasons.DataCenter)]
    [InlineData("", Home, VerdictTier.Suspect, VerdictReasons.MissingUserAgent)]
    [InlineData("", Server, VerdictTier.Invalid, VerdictReasons.MissingUserAgent | VerdictReasons.DataCenter)]
    [InlineData("Mozilla", Home, VerdictTier.Suspect, VerdictReasons.AbsurdUserAgent)]
    [InlineData("1234567890.12", Home, VerdictTier.Suspect, VerdictReasons.AbsurdUserAgent)]
    [InlineData("Mozilla/5.0\u0001(X11)", Home, VerdictTier.Suspect, VerdictReasons.AbsurdUserAgent)]
    [InlineData("Mozilla/5.0\u007f(X11)", Home, VerdictTier.Suspect, VerdictReasons.AbsurdUserAgent)]
    [InlineData("wget", Server, VerdictTier.Invalid, VerdictReasons.KnownBot | VerdictReasons.AbsurdUserAgent | VerdictReasons.DataCenter)]
    public void JudgeRequest_UserAgentAndAddress_GivesTierAndReasons(string userAgent, string ip, VerdictTier tier, VerdictReasons reasons) =>
        Assert.Equal(new Verdict(tier, reasons), Judge().JudgeRequest(Utf8(userAgent), Utf8(ip)));

    [Fact]
    public void JudgeRequest_OverlongUserAgent_IsAbsurd()
    {
        Assert.Equal(VerdictTier.Valid, Judge().JudgeRequest(Utf8(Browser.PadRight(1024, 'x')), Utf8(Home)).Tier);
        Assert.Equal(VerdictReasons.AbsurdUserAgent, Judge().JudgeRequest(Utf8(Browser.PadRight(1025, 'x')), Utf8(Home)).Reasons);
    }

    [Fact]
    public void JudgeRequest_Browsers_AreValid() => Assert.All(
        BrowserUserAgents.All, browser => Assert.Equal(Verdict.Valid, Judge().JudgeRequest(Utf8(browser), Utf8(Home))));

    [Fact]
    public void JudgeRequest_BotsOfTheList_AreInvalid() => Assert.All(
        BotList.Instances, bot => Assert.Equal(VerdictTier.Invalid, Judge().JudgeRequest(Utf8(bot), Utf8(Home)).Tier));

    [Theory]
    [InlineData("curl/8.5.0", Home, "KnownBots")]
    [InlineData("Mozilla/5.0 (compatible; ZzyzxBot/0.1)", Home, "SelfDeclaredCrawlers")]
    [InlineData(Browser, Server, "DataCenters")]
    [InlineData("", Home, "MissingUserAgents")]
    [InlineData("Mozilla", Home, "AbsurdUserAgents")]
    public void JudgeRequest_RuleWithAnotherEffect_FollowsIt(string userAgent, string ip, string rule)
    {
        var property = typeof(VerdictOptions).GetProperty(rule)!;
        foreach (var effect in Enum.GetValues<RuleEffect>())
        {
            var options = Options();
            property.SetValue(options, effect);
            var verdict = new TrafficJudge(options, Bots).JudgeRequest(Utf8(userAgent), Utf8(ip));
            Assert.Equal(effect switch { RuleEffect.Off => VerdictTier.Valid, RuleEffect.Suspect => VerdictTier.Suspect, _ => VerdictTier.Invalid }, verdict.Tier);
            Assert.Equal(effect == RuleEffect.Off, verdict.Reasons == VerdictReasons.None);
        }
    }

    [Theory]
    [InlineData("", "", VerdictTier.Unjudged, VerdictReasons.None)]
    [InlineData("", Home, VerdictTier.Valid, VerdictReasons.None)]
    [InlineData("", Server, VerdictTier.Invalid, VerdictReasons.DataCenter)]
    [InlineData(Browser, "", VerdictTier.Valid, VerdictReasons.None)]
    [InlineData("curl/8.5.0", "", VerdictTier.Invalid, VerdictReasons.KnownBot)]
    [InlineData("Mozilla", Home, VerdictTier.Suspect, VerdictReasons.AbsurdUserAgent)]
    public void JudgeRecord_WhatIsLeftOut_SaysNothing(string userAgent, string ip, VerdictTier tier, VerdictReasons reasons) =>
        Assert.Equal(new Verdict(tier, reasons), Judge().JudgeRecord(Utf8(userAgent), Utf8(ip)));

    [Fact]
    public void JudgeRequest_ManyTimes_AllocatesNothing()
    {
        var judge = Judge();
        byte[][] userAgents = [.. BrowserUserAgents.All.Concat(BotList.Instances).Append("").Append(new string('é', 900)).Select(Utf8)];
        var ip = Utf8(Server);
        Assert.Equal(0, Allocations.FewestOf(JudgeAll));

        void JudgeAll()
        {
            foreach (var userAgent in userAgents)
                judge.JudgeRequest(userAgent, ip);
        }
    }

    [Fact]
    public void Constructor_WrongNetwork_ThrowsByName() => Assert.Contains(
        "'nonsense'", Assert.Throws<ArgumentException>(() => new TrafficJudge(new VerdictOptions { DataCenterRanges = ["nonsense"] }, Bots)).Message, StringComparison.Ordinal);

    private static TrafficJudge Judge() => new(Options(), Bots);

    private static VerdictOptions Options() => new() { DataCenterRanges = ["203.0.113.0/24"] };

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
