namespace ClickFuncs.Bench.Bots;

/// <summary>User agents of 1 KB that are made to cost much: near matches from end to end, and never a match.</summary>
internal static class HostileUserAgents
{
    public static IReadOnlyList<string> All { get; } =
    [
        Repeat("Googlebo"),
        Repeat("get"),
        Repeat("ContextualBotCurrentSpider"),
        Repeat("AdsBot-Google-"),
        Repeat("BlogTraffic/1.1 Feed-Fetche"),
        Repeat("getwlerrawlerudoanizeSSL LabsSilk/"),
        Repeat("\u00e9"),
    ];

    private static string Repeat(string part) => string.Concat(Enumerable.Repeat(part, 1 + (1024 / part.Length)))[..1024];
}
