using System.Text.RegularExpressions;
using ClickFuncs.Testing.Verdicts;
using ClickFuncs.Verdicts.Bots;

namespace ClickFuncs.Core.Tests.Verdicts.Bots;

public sealed class BotPatternParserTests
{
    [Theory]
    [InlineData("Googlebot\\/", "Googlebot/")]
    [InlineData("^curl", "^curl")]
    [InlineData("[wW]get", "wget,Wget")]
    [InlineData("(^| )PTST\\/", "^PTST/, PTST/")]
    [InlineData("Netumo|netumo", "Netumo,netumo")]
    [InlineData("Ahrefs(Bot|SiteAudit)", "AhrefsBot,AhrefsSiteAudit")]
    [InlineData("Unshorten\\.It\\!", "Unshorten.It!")]
    public void Parse_PatternOfFewTexts_ListsThem(string pattern, string literals)
    {
        var parsed = BotPatternParser.Parse(pattern);
        Assert.True(parsed.IsExact);
        Assert.Equal(literals, string.Join(',', parsed.Literals.Select(literal => (literal.IsAtStart ? "^" : "") + literal.Text)));
    }

    [Theory]
    [InlineData("AdsBot-Google([^-]|$)", "AdsBot-Google")]
    [InlineData("BlogTraffic\\/\\d\\.\\d+ Feed-Fetcher", " Feed-Fetcher")]
    [InlineData("SSL Labs$", "SSL Labs")]
    [InlineData("colou?r of[a-z]magic", "magic")]
    [InlineData("abc.|de+fgh", "abc,fgh")]
    public void Parse_AnyOtherPattern_GivesWhatEveryMatchContains(string pattern, string literals)
    {
        var parsed = BotPatternParser.Parse(pattern);
        Assert.False(parsed.IsExact);
        Assert.Equal(literals, string.Join(',', parsed.Literals.Select(literal => literal.Text)));
    }

    // They are made when first needed, so a list that holds one that can't be would be found out on a click.
    [Fact]
    public void Parse_PatternsOfTheList_LeaveFewToRegularExpressionsThatNeverBacktrack()
    {
        var others = BotList.Patterns.Select(BotPatternParser.Parse).Where(pattern => !pattern.IsExact).ToList();
        Assert.Equal(7, others.Count);
        Assert.All(others, pattern => Assert.NotNull(new Regex(pattern.Pattern, RegexOptions.NonBacktracking)));
    }

    [Theory]
    [InlineData("bo")]
    [InlineData("b[oö]t\\d")]
    [InlineData("crawler|.*")]
    [InlineData("(?i)crawler")]
    [InlineData("crawler[[a]")]
    [InlineData("crawler[a")]
    [InlineData("crawler{2")]
    [InlineData("crawler.(a")]
    public void Parse_PatternWithoutALiteralToRelyOn_IsRefusedByName(string pattern) =>
        Assert.Contains($"'{pattern}'", Assert.Throws<InvalidDataException>(() => BotPatternParser.Parse(pattern)).Message, StringComparison.Ordinal);
}
