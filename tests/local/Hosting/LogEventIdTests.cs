using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace ClickFuncs.Local.Tests.Hosting;

/// <summary>The number of a log line is its name for ever: runbooks and alerts of operators go by it.</summary>
public sealed partial class LogEventIdTests
{
    private static readonly string Root = typeof(LogEventIdTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    private static readonly string[] Rooms = ["core", "batch", "api", "local", "functions", "duckdb"];

    private static readonly List<(string File, string Arguments)> Messages = [.. Rooms
        .SelectMany(room => Directory.EnumerateFiles(Path.Combine(Root, room), "*.cs", SearchOption.AllDirectories))
        .Where(file => !Built().IsMatch(file))
        .SelectMany(file => Message().Matches(File.ReadAllText(file)).Select(found => (Path.GetRelativePath(Root, file), found.Groups[1].Value)))];

    [Fact]
    public void Ids_OfAllLogMessages_AreGivenAndUnique()
    {
        Assert.True(Messages.Count > 50, $"Only {Messages.Count} log messages were found below {Root}.");
        Assert.Empty(Messages.Where(message => !Id().IsMatch(message.Arguments)).Select(message => $"{message.File}: {message.Arguments}"));
        Assert.Empty(Messages.GroupBy(message => IdOf(message.Arguments)).Where(same => same.Count() > 1)
            .Select(same => $"{same.Key}: {string.Join(", ", same.Select(message => message.File))}"));
    }

    [Fact]
    public void Ids_InTheRunbook_AreThoseOfLogMessages()
    {
        var known = Messages.Select(message => IdOf(message.Arguments)).ToHashSet();
        var named = InText().Matches(File.ReadAllText(Path.Combine(Root, "docs", "operations.md"))).Select(found => int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, id => Assert.Contains(id, known));
    }

    private static int IdOf(string arguments) => int.Parse(Id().Match(arguments).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\[LoggerMessage\((.*?)\)\]", RegexOptions.Singleline)]
    private static partial Regex Message();

    [GeneratedRegex(@"^\s*(?:EventId\s*=\s*)?(\d+)")]
    private static partial Regex Id();

    [GeneratedRegex(@"\[(\d{2,})\]")]
    private static partial Regex InText();

    [GeneratedRegex(@"[\\/](bin|obj|node_modules)[\\/]")]
    private static partial Regex Built();
}
