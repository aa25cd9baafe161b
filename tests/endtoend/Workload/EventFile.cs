using System.Globalization;

namespace ClickFuncs.EndToEnd.Tests.Workload;

/// <summary>
/// Writes events of two minutes of 2025-03-04 in no order, with everything that real files have: exact repeats (3 %), repeats
/// in another spelling, events 20 to 180 minutes late (1 %), lines that are no event, ids beyond ASCII, ids that meet across
/// types, clicks marked invalid or over budget, both forms of time and both line ends. The same arguments give the same bytes.
/// </summary>
internal static class EventFile
{
    /// <summary>Everyone the events are about.</summary>
    public static readonly string[] Advertisers = ["adv_nord", "adv_øst"];

    private const int Ads = 24;
    private const long StartMs = 1_741_089_600_000; // 2025-03-04T12:00Z
    private const int SpanMs = 120_000;

    private static readonly string[] Devices = ["mobile", "desktop", "tablet"];
    private static readonly string[] Countries = ["NO", "DE", "ÅL"];
    private static readonly string[] Currencies = ["NOK", "EUR"];

    private static readonly string[] NoEvents =
    [
        "not json", "42", "null", "[]", """{"type":"click","click_id":"cut off""", """{"click_id":"no_time","ad_id":"a","campaign_id":"c","advertiser_id":"adv_nord"}""",
        """{"type":"clack","click_id":"c1","ad_id":"a","campaign_id":"c","advertiser_id":"adv_nord","event_time":1741089600000}""",
        """{"click_id":"no_ad","campaign_id":"c","advertiser_id":"adv_nord","event_time":1741089600000}""",
        """{"click_id":"bad_time","ad_id":"a","campaign_id":"c","advertiser_id":"adv_nord","event_time":"yesterday"}""",
    ];

    /// <summary>Writes the file and returns its lines.</summary>
    public static IReadOnlyList<string> Write(string path, int lines, int seed)
    {
        var random = new Random(seed);
        var written = new List<string>(lines);
        var events = new List<string>(lines);
        while (written.Count < lines)
        {
            var kind = random.Next(1000);
            if (kind < 30 && events.Count > 0)
                written.Add(events[random.Next(events.Count)]);
            else if (kind < 33 && events.Count > 0)
                written.Add(Respelled(events[random.Next(events.Count)]));
            else if (kind < 38)
                written.Add(NoEvents[random.Next(NoEvents.Length)]);
            else
            {
                events.Add(Event(events.Count, isLate: kind < 48, random));
                written.Add(events[^1]);
            }
        }

        using var file = new StreamWriter(path);
        foreach (var line in written)
            file.Write(random.Next(100) == 0 ? $"{line}\r\n" : $"{line}\n");
        return written;
    }

    private static string Event(int number, bool isLate, Random random)
    {
        var roll = random.Next(100);
        var type = roll < 80 ? "click" : roll < 95 ? "impression" : "conversion";
        var ad = Math.Min(random.Next(Ads), random.Next(Ads));
        var advertiser = ad % Advertisers.Length;
        var isClick = type == "click";
        var time = StartMs + random.Next(SpanMs) - (isLate ? random.Next(20 * 60_000, 180 * 60_000) : 0);
        return "{" + string.Join(',', [
            .. isClick && random.Next(2) == 0 ? Array.Empty<string>() : [Field("type", type)],
            // What is no click may take the id of the click before it: another identity.
            Field("click_id", Id(isClick ? number : Math.Max(0, number - 1))),
            Field("ad_id", ad % 5 == 0 ? $"annonse_å_{ad}" : $"ad_{ad}"),
            Field("campaign_id", $"cmp_{ad / 6}"),
            Field("advertiser_id", Advertisers[advertiser]),
            .. Sometimes(random, "ad_group_id", $"grp_{ad / 3}"),
            .. Sometimes(random, "creative_id", $"cr_{random.Next(3)}"),
            .. Sometimes(random, "device", Devices[random.Next(Devices.Length)]),
            .. Sometimes(random, "country", Countries[random.Next(Countries.Length)]),
            .. isClick ? [$"\"cost_micros\":{random.Next(1, 2_000_000)}", Field("currency", Currencies[advertiser])] : Array.Empty<string>(),
            .. isClick ? Marks(random.Next(40)) : [],
            "\"event_time\":" + (random.Next(2) == 0 ? $"{time}" : $"\"{Iso(time)}\""),
        ]) + "}";
    }

    // Some clicks are invalid, some over budget, some both; none has a user agent or address to be judged by.
    private static string[] Marks(int roll) =>
    [
        .. roll < 3 ? ["\"verdict\":\"invalid\",\"reasons\":[\"known_bot\"]"] : Array.Empty<string>(),
        .. roll is > 1 and < 6 ? ["\"over_budget\":true"] : Array.Empty<string>(),
        .. roll == 6 ? ["\"verdict\":\"suspect\",\"reasons\":[\"data_center\"]"] : Array.Empty<string>(),
    ];

    private static string Id(int number) => (number % 50) switch
    {
        0 => $"klikk_🙂_{number}",
        < 5 => $"klikk_ø_{number}",
        _ => string.Create(CultureInfo.InvariantCulture, $"clk_{number:x8}"),
    };

    // The same JSON text, written with escapes: the same identity.
    private static string Respelled(string line) => line
        .Replace("ø", "\\u00f8", StringComparison.Ordinal)
        .Replace("🙂", "\\ud83d\\ude42", StringComparison.Ordinal)
        .Replace("clk_", "\\u0063lk_", StringComparison.Ordinal);

    private static string[] Sometimes(Random random, string name, string value) => random.Next(8) == 0 ? [] : [Field(name, value)];

    private static string Field(string name, string value) => $"\"{name}\":\"{value}\"";

    private static string Iso(long timeMs) =>
        DateTimeOffset.FromUnixTimeMilliseconds(timeMs).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
