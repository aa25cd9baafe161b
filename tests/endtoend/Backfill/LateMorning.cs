using System.Globalization;

namespace ClickFuncs.EndToEnd.Tests.Backfill;

/// <summary>Twelve hours of clicks from midnight of 2026-07-01, one every five seconds, and now and then one that comes two to three hours late.</summary>
internal sealed class LateMorning
{
    public const string Advertiser = "adv_1";

    private const long Start = 1_782_864_000_000; // 2026-07-01T00:00Z
    private const int Steps = 12 * 720;
    private readonly List<(long TimeMs, string Ad, long Micros)> _late = [];
    private readonly Random _random = new(17);

    /// <summary>Writes the file.</summary>
    public static LateMorning Write(string path)
    {
        var morning = new LateMorning();
        using var file = new StreamWriter(path) { NewLine = "\n" };
        for (var step = 0; step < Steps; step++)
        {
            file.WriteLine(morning.Click($"clk_{step}", Start + (step * 5_000L), out _, out _));
            if (step % 60 != 0)
                continue;
            var time = Start + (step * 5_000L) - 7_200_000 - morning._random.Next(3_600_000);
            file.WriteLine(morning.Click($"late_{step}", time, out var ad, out var micros));
            morning._late.Add((time, ad, micros));
        }

        return morning;
    }

    /// <summary>The late clicks of some hours by minute and ad: <c>time ad clicks micros</c>, ascending.</summary>
    public string[] LateBetween(int fromHour, int toHour) =>
    [
        .. _late.Where(click => click.TimeMs >= Start + (fromHour * 3_600_000L) && click.TimeMs < Start + (toHour * 3_600_000L))
            .GroupBy(click => (Minute: click.TimeMs / 60_000 * 60_000, click.Ad))
            .Select(group => Row(group.Key.Minute, group.Key.Ad, group.Count(), group.Sum(click => click.Micros)))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What the product's file of differences adds to each minute and ad, in the same form.</summary>
    public static string[] AddedIn(string csv)
    {
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var columns = lines[0].Split(',').Select((name, index) => (name, index)).ToDictionary(column => column.name, column => column.index);
        return
        [
            .. lines.Skip(1).Select(line => line.Split(',')).Select(cells => Row(
                DateTimeOffset.Parse(cells[columns["start"]], CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(), cells[columns["ad_id"]],
                Added(cells, "clicks"), Added(cells, "spend_micros"))).Order(StringComparer.Ordinal),
        ];

        long Added(string[] cells, string measure) =>
            long.Parse(cells[columns[$"after_{measure}"]], CultureInfo.InvariantCulture) - long.Parse(cells[columns[$"before_{measure}"]], CultureInfo.InvariantCulture);
    }

    private string Click(string id, long time, out string ad, out long micros)
    {
        ad = $"ad_{_random.Next(5)}";
        micros = _random.Next(1, 900_000);
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {"click_id":"{{id}}","ad_id":"{{ad}}","campaign_id":"cmp_1","advertiser_id":"{{Advertiser}}","cost_micros":{{micros}},"currency":"USD","event_time":{{time}}}
            """);
    }

    private static string Row(long timeMs, string ad, long clicks, long micros) =>
        string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.FromUnixTimeMilliseconds(timeMs):HH:mm} {ad} {clicks} {micros}");
}
