using System.Text.Json;
using ClickFuncs.Verdicts.Bots;

namespace ClickFuncs.Testing.Verdicts;

/// <summary>The list of known bots as it is embedded, patterns and the user agents they were made from.</summary>
public static class BotList
{
    private static readonly JsonElement[] Entries = Read();

    /// <summary>The regular expressions.</summary>
    public static IReadOnlyList<string> Patterns { get; } = [.. Entries.Select(entry => entry.GetProperty("pattern").GetString()!)];

    /// <summary>User agents of real bots, as seen by those who keep the list.</summary>
    public static IReadOnlyList<string> Instances { get; } =
        [.. Entries.SelectMany(entry => entry.GetProperty("instances").EnumerateArray()).Select(instance => instance.GetString()!)];

    private static JsonElement[] Read()
    {
        using var stream = typeof(KnownBots).Assembly.GetManifestResourceStream("crawler-user-agents.json")!;
        using var list = JsonDocument.Parse(stream);
        return [.. list.RootElement.Clone().EnumerateArray()];
    }
}
