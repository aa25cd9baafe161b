using System.Text.RegularExpressions;

namespace ClickFuncs.Infra.Tests.Kql;

/// <summary>The queries of the Azure app are right by the declared schema, and ask for nothing they don't use.</summary>
public sealed partial class QueryTests
{
    private static readonly Dictionary<string, string> Queries = Repository.Files("functions", "*.kql")
        .Where(path => Path.GetFileName(path) != "schema.kql").ToDictionary(path => Path.GetFileName(path)!, File.ReadAllText);

    [Fact]
    public async Task Queries_All_ParseAndTypeCheckAgainstTheSchema()
    {
        Assert.NotEmpty(Queries);
        var found = await KqlParser.AnalyzeAsync(KqlParser.SchemaTables, KqlParser.SchemaViews, Queries);

        Assert.All(found, query => Assert.True(query.Value.Problems.Count == 0, $"{query.Key}: {string.Join("; ", query.Value.Problems)}"));
        Assert.All(found, query => Assert.NotEmpty(query.Value.Columns));
    }

    [Fact]
    public void Parameters_Declared_AreUsed() => Assert.All(Queries, query =>
    {
        var text = Comment().Replace(query.Value, "");
        if (Declaration().Match(text) is not { Success: true } declaration)
            return;
        var rest = text[(declaration.Index + declaration.Length)..];
        foreach (Match parameter in Parameter().Matches(declaration.Groups[1].Value))
            Assert.Matches($@"\b{parameter.Groups[1].Value}\b", rest);
    });

    // What the first test is worth: a query that misspells a column, adds up texts, or uses a parameter nobody declared is refused.
    [Fact]
    public async Task Parser_WrongQueries_Complains()
    {
        var found = await KqlParser.AnalyzeAsync(KqlParser.SchemaTables, KqlParser.SchemaViews, new Dictionary<string, string>
        {
            ["column"] = "MinuteRows | summarize sum(Click) by AdvertiserId",
            ["type"] = "MinuteRows | summarize sum(AdvertiserId)",
            ["parameter"] = "declare query_parameters(advertiser:string);\nMinuteRows | where AdvertiserId == adviser",
            ["table"] = "SecondRows | count",
        });

        Assert.All(found, query => Assert.True(query.Value.Problems.Count > 0, query.Key));
    }

    [GeneratedRegex(@"declare query_parameters\(((?:[^()]|\([^()]*\))*)\);")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?:^|,)\s*(\w+)\s*:")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
