using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClickFuncs.Infra.Tests.Kql;

/// <summary>The vendor's Kusto parser, which also checks types against declared tables.</summary>
internal static partial class KqlParser
{
    /// <summary>What it found of one text: what is wrong, the columns of its last result, and those of each of its results.</summary>
    internal sealed record Analysis(IReadOnlyList<string> Problems, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Results);

    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    /// <summary>Parses and checks queries or commands.</summary>
    /// <param name="tables">Tables by name, with their columns in parentheses.</param>
    /// <param name="views">Views by name, with their queries.</param>
    /// <param name="texts">Texts by name.</param>
    public static async Task<IReadOnlyDictionary<string, Analysis>> AnalyzeAsync(
        IReadOnlyDictionary<string, string> tables, IReadOnlyDictionary<string, string> views, IReadOnlyDictionary<string, string> texts)
    {
        var script = Repository.PathOf("tests", "infra", "Kql", "kql.mjs");
        var result = await Programs.RunAsync("node", JsonSerializer.Serialize(new { tables, views, texts }, Names), script);
        Assert.True(result.ExitCode == 0, result.Errors);
        return JsonSerializer.Deserialize<Dictionary<string, Analysis>>(result.Output, Names)!;
    }

    /// <summary>The commands of the database's schema script, in order.</summary>
    public static IReadOnlyList<string> SchemaCommands { get; } =
        [.. Command().Split(Comment().Replace(Repository.Read("functions", "Kusto", "schema.kql"), "")).Select(text => text.Trim()).Where(text => text.Length > 0)];

    /// <summary>The tables that it makes.</summary>
    public static IReadOnlyDictionary<string, string> SchemaTables { get; } =
        SchemaCommands.Select(text => Table().Match(text)).Where(match => match.Success).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    /// <summary>The materialized views that it makes, with their queries.</summary>
    public static IReadOnlyDictionary<string, string> SchemaViews { get; } =
        SchemaCommands.Select(text => View().Match(text)).Where(match => match.Success).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    [GeneratedRegex(@"^(?=\.)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\.create-merge table (\w+) (\([^)]*\))")]
    private static partial Regex Table();

    [GeneratedRegex(@"^\.create .*materialized-view .*?(\w+) on table \w+ \{(.*)\}$", RegexOptions.Singleline)]
    private static partial Regex View();
}
