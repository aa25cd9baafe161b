using System.Text.RegularExpressions;

namespace ClickFuncs.Local.Tests.Hosting;

/// <summary>The rows of the table in docs/configuration.md.</summary>
internal static partial class SettingsTable
{
    /// <summary>Name, default and range of every row, without the code marks.</summary>
    public static IReadOnlyList<SettingRow> Read() =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Hosting", "configuration.md"))
            .Select(line => Row().Match(line))
            .Where(row => row.Success)
            .Select(row => new SettingRow(row.Groups["name"].Value, Plain(row.Groups["default"]), Plain(row.Groups["range"]))),
    ];

    private static string Plain(Group cell) => cell.Value.Replace("`", "", StringComparison.Ordinal).Trim();

    [GeneratedRegex(@"^\| `(?<name>\w+:[\w:]+)` \|(?<default>[^|]*)\|(?<range>[^|]*)\|")]
    private static partial Regex Row();
}

/// <summary>One documented setting.</summary>
internal sealed record SettingRow(string Name, string Default, string Range);
