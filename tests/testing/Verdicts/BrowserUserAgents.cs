namespace ClickFuncs.Testing.Verdicts;

/// <summary>Some two hundred user agents as browsers, app views, televisions and consoles send them: none of them is a bot.</summary>
public static class BrowserUserAgents
{
    private const string Resource = "browser-user-agents.txt";

    /// <summary>All of them, each once.</summary>
    public static IReadOnlyList<string> All { get; } = Read();

    private static string[] Read()
    {
        using var stream = typeof(BrowserUserAgents).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not part of the test library.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
