using System.Diagnostics;
using System.Text;
using ClickFuncs.Events;
using ClickFuncs.Testing.Memory;
using ClickFuncs.Testing.Verdicts;
using ClickFuncs.Verdicts.Bots;

namespace ClickFuncs.Core.Tests.Verdicts.Bots;

/// <summary>R20: the fast matcher says what the list's patterns say, tried one by one.</summary>
public sealed class KnownBotsTests
{
    private static readonly int Seeds = int.TryParse(Environment.GetEnvironmentVariable("CLICKFUNCS_SEEDS"), out var seeds) ? seeds : 1000;

    private static readonly KnownBots Bots = KnownBots.Load();
    private static readonly NaiveBots Naive = new(BotList.Patterns);

    private static readonly string[] Parts =
        ["get", "Bot", "bot/", "curl", "BW/", "Silk/", " sentry/", "AdsBot-Google", "-", "ContextualBot", "outcomes.net", "Current", "RSS Reader",
         "Spider", "spider.com", "SSL Labs", "GoogleAssociationService", "BlogTraffic/1.2", " Feed-Fetcher", "\n", " ", "\0", "é", "٣", "Mozilla/5.0 ("];

    [Fact]
    public void PatternCount_OfTheList_IsThatOfTheFile()
    {
        Assert.Equal(1500, BotList.Patterns.Count);
        Assert.Equal(BotList.Patterns.Count, Bots.PatternCount);
        Assert.True(BotList.Instances.Count > 2000, $"The list has only {BotList.Instances.Count} user agents.");
    }

    [Fact]
    public void IsMatch_UserAgentsOfTheList_AreBots() => Assert.All(BotList.Instances, bot =>
    {
        Assert.True(Bots.IsMatch(Encoding.UTF8.GetBytes(bot)), bot);
        Assert.True(Naive.IsMatch(Encoding.UTF8.GetBytes(bot)), bot);
    });

    [Fact]
    public void IsMatch_UserAgentsOfBrowsers_AreNone() => Assert.All(BrowserUserAgents.All, browser =>
    {
        Assert.False(Bots.IsMatch(Encoding.UTF8.GetBytes(browser)), browser);
        Assert.False(Naive.IsMatch(Encoding.UTF8.GetBytes(browser)), browser);
    });

    [Fact]
    public void IsMatch_MutatedUserAgents_AgreesWithThePatterns()
    {
        var matched = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var userAgent = Mutate(new Random(seed));
            var expected = Naive.IsMatch(userAgent);
            Assert.True(expected == Bots.IsMatch(userAgent), $"Seed {seed}: the patterns say {expected} of '{Encoding.UTF8.GetString(userAgent)}'.");
            matched += expected ? 1 : 0;
        }

        Assert.InRange(matched, Seeds / 10, Seeds * 9 / 10);
    }

    [Fact]
    public void IsMatch_BytesThatAreNotUtf8_MatchNoLetter()
    {
        byte[] userAgent = [0xff, .. "Googlebo"u8, 0xc3, .. "t/ ContextualBot \xe2\x82 outcomes"u8, 0xf0, .. ".net"u8];
        Assert.Equal(Naive.IsMatch(userAgent), Bots.IsMatch(userAgent));
        Assert.True(Bots.IsMatch([0xff, 0xc3, .. "Googlebot/2.1"u8]));
    }

    [Fact]
    public void IsMatch_BeyondTheLongestUserAgent_IsNotLookedAt()
    {
        var padding = new byte[EventLimits.MaxTextBytes];
        padding.AsSpan().Fill((byte)'x');
        Assert.False(Bots.IsMatch([.. padding, .. "Googlebot/2.1"u8]));
        Assert.True(Bots.IsMatch([.. "Googlebot/2.1"u8, .. padding]));
    }

    // Backtracking needs 2 to 5 milliseconds for the first three, a pass over them some 20 microseconds. The fastest of many
    // rounds is the one that nobody disturbed.
    [Theory]
    [InlineData("ContextualBot")]
    [InlineData("Current")]
    [InlineData("CurrentContextualBotSpider")]
    [InlineData("BlogTraffic/1.1111111111")]
    [InlineData("Googlebo")]
    [InlineData("ge")]
    public void IsMatch_NearMatchesFromEndToEnd_NeedsNoMoreThanAFewPasses(string part)
    {
        var userAgent = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, EventLimits.MaxTextBytes))[..EventLimits.MaxTextBytes]);
        Assert.False(Bots.IsMatch(userAgent));
        var fastest = TimeSpan.MaxValue;
        for (var round = 0; round < 50; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < 10; i++)
                Bots.IsMatch(userAgent);
            fastest = TimeSpan.FromTicks(Math.Min(fastest.Ticks, Stopwatch.GetElapsedTime(start).Ticks));
        }

        Assert.InRange(fastest.TotalMicroseconds / 10, 0, 500);
    }

    [Fact]
    public void IsMatch_ManyTimes_AllocatesNothing()
    {
        byte[][] userAgents = [.. BrowserUserAgents.All.Concat(BotList.Instances).Select(Encoding.UTF8.GetBytes)];
        Assert.Equal(0, Allocations.FewestOf(MatchAll));

        void MatchAll()
        {
            foreach (var userAgent in userAgents)
                Bots.IsMatch(userAgent);
        }
    }

    // Bots with a few characters damaged, browsers with a piece of a bot, and pieces of the patterns that are no literals.
    private static byte[] Mutate(Random random)
    {
        var text = new StringBuilder(random.Next(4) switch
        {
            0 => BrowserUserAgents.All[random.Next(BrowserUserAgents.All.Count)],
            1 => string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Parts[random.Next(Parts.Length)])),
            _ => BotList.Instances[random.Next(BotList.Instances.Count)],
        });
        for (var i = random.Next(6); i > 0; i--)
        {
            var at = random.Next(text.Length + 1);
            var kind = random.Next(4);
            if (kind == 0)
                text.Insert(at, Parts[random.Next(Parts.Length)]);
            else if (kind == 1)
                text.Insert(at, Piece(random));
            else if (at < text.Length)
                text[at] = kind == 2 ? (char)random.Next(32, 127) : (char)(text[at] ^ 0x20);
        }

        if (random.Next(4) == 0)
            text.Remove(0, random.Next(text.Length + 1));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Piece(Random random)
    {
        var pattern = BotList.Patterns[random.Next(BotList.Patterns.Count)].Replace("\\", "", StringComparison.Ordinal);
        return pattern[random.Next(2)..Math.Max(2, pattern.Length - random.Next(2))];
    }
}
