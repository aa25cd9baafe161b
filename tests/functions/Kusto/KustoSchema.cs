using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClickFuncs.Functions.Tests.Kusto;

/// <summary>The tables as <c>functions/Kusto/schema.kql</c> declares them.</summary>
internal static partial class KustoSchema
{
    /// <summary>The script.</summary>
    public static string Text { get; } = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "kusto", "schema.kql"));

    /// <summary>Columns by table, in order.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<KustoColumn>> Tables { get; } =
        Table().Matches(Text).ToDictionary(
            match => match.Groups[1].Value,
            match => (IReadOnlyList<KustoColumn>)[.. Column().Matches(match.Groups[2].Value).Select(column => new KustoColumn(column.Groups[1].Value, column.Groups[2].Value))]);

    /// <summary>Names of the materialized views.</summary>
    public static IReadOnlyList<string> Views { get; } = [.. View().Matches(Text).Select(match => match.Groups[1].Value)];

    /// <summary>Fails unless a row has a field for each column, and one of its type: the service would take it otherwise and write nulls.</summary>
    public static void RequireFits(string table, string[] row)
    {
        Assert.Equal(Tables[table].Count, row.Length);
        foreach (var (column, field) in Tables[table].Zip(row))
            Assert.True(Fits(column.Type, field), $"'{field}' is no {column.Type} for {table}.{column.Name}.");
    }

    private static bool Fits(string type, string field) => type switch
    {
        "string" => true,
        "int" => int.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "long" => long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "dynamic" => IsJson(field),
        "datetime" => DateTime.TryParseExact(field, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => throw new NotSupportedException($"The schema has a column of type {type}; say here what fits it."),
    };

    private static bool IsJson(string field)
    {
        try
        {
            using var _ = JsonDocument.Parse(field);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^\.create-merge table (\w+) \(([^)]*)\)", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"^\.create ifnotexists materialized-view .*?(\w+) on table ", RegexOptions.Multiline)]
    private static partial Regex View();

    [GeneratedRegex(@"(\w+):(\w+)")]
    private static partial Regex Column();
}

/// <summary>A column.</summary>
internal sealed record KustoColumn(string Name, string Type);
