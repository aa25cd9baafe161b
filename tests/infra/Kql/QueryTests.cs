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

    // As functions/Kusto reads them, by position: a column that moves is read as another one.
    [Fact]
    public async Task Results_Columns_AreThoseTheAdapterReads()
    {
        const string Key = "AdvertiserId:string, CampaignId:string, AdGroupId:string, AdId:string, CreativeId:string, Currency:string, Device:string, Country:string, Reason:string";
        const string Counts = "Impressions:long, RawClicks:long, Clicks:long, Conversions:long, SpendMicros:long, InvalidClicks:long, OverBudgetClicks:long";
        const string Staged = "StagedImpressions:long, StagedRawClicks:long, StagedClicks:long, StagedConversions:long, StagedSpendMicros:long, StagedInvalidClicks:long, StagedOverBudgetClicks:long";
        const string Point = "CampaignId:string, AdGroupId:string, AdId:string, CreativeId:string, Device:string, Country:string, Reason:string, Currency:string";
        const string Publishes = "Partition:int, Version:long, WatermarkMs:long, PublishedAtMs:long";
        const string Days = "Day:datetime, Revision:int";
        const string Kept = "MinutesKept:datetime, HoursKept:datetime";
        var read = new Dictionary<string, string[]>
        {
            ["Area.kql"] = ["Generation:long, IsThere:bool, WasApplied:bool, Sequence:long", "Partition:int, Version:long", Kept],
            ["Areas.kql"] = ["Area:string"],
            ["DaySums.kql"] = [$"At:datetime, {Key}, {Counts}"],
            ["Differences.kql"] = [$"At:datetime, {Key}, {Counts}, {Staged}"],
            ["FinalDays.kql"] = [Days],
            ["Points.kql"] = [$"At:datetime, {Point}, {Counts}", Days, Publishes, Kept],
            ["StreamHours.kql"] = [$"At:datetime, {Key}, {Counts}"],
            ["Swaps.kql"] = ["Run:string"],
            ["Tiers.kql"] = ["Hour:datetime, Times:long, Swaps:long, WasSummed:bool", "Day:datetime", "Sequence:long", Kept],
            ["Versions.kql"] = [Publishes],
        };

        var found = await KqlParser.AnalyzeAsync(KqlParser.SchemaTables, KqlParser.SchemaViews, Queries);

        Assert.Equal(read.Keys.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        Assert.All(found, query => Assert.Equal(read[query.Key], query.Value.Results.Select(columns => string.Join(", ", columns))));
    }

    // What a backfill's decision does to an answer it does as one: two readings of the table within a query may see two states of it.
    [Theory]
    [InlineData("Points.kql")]
    [InlineData("Differences.kql")]
    [InlineData("StreamHours.kql")]
    [InlineData("Tiers.kql")]
    public void Decisions_InAQueryOfCounts_AreReadOnce(string name)
    {
        var text = Comment().Replace(Queries[name], "");
        Assert.Single(Regex.Matches(text, @"\bDecisions\b"));
        Assert.Matches(@"let \w+ = materialize\(Decisions\b", text);
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

    // The vendor's parser takes such a default, the service is documented not to: https://learn.microsoft.com/kusto/query/query-parameters-statement
    [Fact]
    public void Parameters_OfTypeDynamic_HaveNoDefault() => Assert.All(Queries, query => Assert.DoesNotMatch(@":dynamic\s*=", Comment().Replace(query.Value, "")));

    // What the first test is worth: a query that misspells a column, adds up texts, uses a parameter nobody declared or joins rows of other columns is refused.
    [Fact]
    public async Task Parser_WrongQueries_Complains()
    {
        var found = await KqlParser.AnalyzeAsync(KqlParser.SchemaTables, KqlParser.SchemaViews, new Dictionary<string, string>
        {
            ["column"] = "MinuteRows | summarize sum(Click) by AdvertiserId",
            ["type"] = "MinuteRows | summarize sum(AdvertiserId)",
            ["parameter"] = "declare query_parameters(advertiser:string);\nMinuteRows | where AdvertiserId == adviser",
            ["table"] = "SecondRows | count",
            ["union"] = "union (MinuteRows | project At = WindowStart, Clicks, SpendMicros), (FinalRows | project At = Hour, Clicks) | summarize sum(SpendMicros)",
            ["union behind a pipe"] = "MinuteRows | project Clicks | union (FinalRows | project Clicks = tostring(Clicks))",
            ["view"] = "NewestMinutes | project Clicks, Clickss",
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
