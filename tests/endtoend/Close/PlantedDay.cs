using System.Globalization;

namespace ClickFuncs.EndToEnd.Tests.Close;

/// <summary>
/// A day of events, 2026-07-01, with two hours on either side, and faults of known number in it. The same arguments give the
/// same bytes. Ordinary events come at most 20 s out of order, so that the stream counts them as they are.
/// </summary>
internal sealed class PlantedDay
{
    public const string Date = "2026-07-01";

    /// <summary>Everyone the events are about.</summary>
    public static readonly string[] Advertisers = ["adv_a", "adv_b", "adv_c"];

    private const long Hour = 3_600_000;
    private const long Day = 1_782_864_000_000; // 2026-07-01T00:00Z

    private readonly Random _random;
    private readonly List<(long ArrivalMs, string Line)> _lines = [];
    private readonly int _events;
    private int _number;

    private PlantedDay(int events, int seed) => (_events, _random) = (events, new Random(seed));

    /// <summary>Clicks of the day that are copies of one counted on the day.</summary>
    public int CopiesWithinTheDay { get; private set; }

    /// <summary>Clicks just after the day's first midnight that are copies of one just before it.</summary>
    public int CopiesAcrossMidnight { get; private set; }

    /// <summary>Events of the day that come 20 to 180 minutes late.</summary>
    public int TooLate { get; private set; }

    /// <summary>Their cost.</summary>
    public long TooLateMicros { get; private set; }

    /// <summary>Clicks of the day that are copies of one more than 24 hours before.</summary>
    public int BeyondHorizon { get; private set; }

    /// <summary>Their cost.</summary>
    public long BeyondHorizonMicros { get; private set; }

    /// <summary>Clicks whose later copy comes first, an hour apart.</summary>
    public int OtherCopy { get; private set; }

    /// <summary>Lines that are no event.</summary>
    public int Malformed { get; private set; }

    /// <summary>Writes the file.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="events">Ordinary events.</param>
    /// <param name="seed">Of everything random.</param>
    public static PlantedDay Write(string path, int events, int seed)
    {
        var day = new PlantedDay(events, seed);
        day.Plant();
        using var file = new StreamWriter(path) { NewLine = "\n" };
        foreach (var (_, line) in day._lines.OrderBy(line => line.ArrivalMs))
            file.WriteLine(line);
        return day;
    }

    private void Plant()
    {
        for (var i = 0; i < _events; i++)
            Ordinary();
        for (; TooLate < _events / 200; TooLate++)
            TooLateMicros += Late();
        for (; CopiesAcrossMidnight < 40; CopiesAcrossMidnight++)
            Click(Day - _random.Next(60_000, 600_000), copyAfterMs: 1_200_000);
        for (; BeyondHorizon < 30; BeyondHorizon++)
            BeyondHorizonMicros += Click(Day - Hour - _random.Next(3_000_000), copyAfterMs: (24 * Hour) + 600_000);
        for (; OtherCopy < 20; OtherCopy++)
            Overtaken(Day + (_random.Next(1, 23) * Hour));
        string[] noEvents = ["not json", "[]", """{"click_id":"cut off""", """{"click_id":"no_ad","campaign_id":"c","advertiser_id":"adv_a","event_time":1782900000000}"""];
        for (; Malformed < 100; Malformed++)
            _lines.Add((Day + _random.NextInt64(24 * Hour), noEvents[Malformed % noEvents.Length]));
    }

    private void Ordinary()
    {
        var time = Day - (2 * Hour) + _random.NextInt64(28 * Hour);
        var roll = _random.Next(100);
        var line = Line(roll < 85 ? "click" : roll < 97 ? "impression" : "conversion", time, NextId(), out _);
        _lines.Add((time + _random.Next(20_000), line));
        // 3 % of the clicks come twice, the same line again up to 20 minutes later.
        if (roll >= 85 || _random.Next(100) >= 3)
            return;
        _lines.Add((time + _random.Next(20_000, 1_200_000), line));
        CopiesWithinTheDay += time is >= Day and < Day + (24 * Hour) ? 1 : 0;
    }

    private long Late()
    {
        var time = Day + _random.NextInt64(20 * Hour);
        _lines.Add((time + _random.Next(20 * 60_000, 180 * 60_000), Line("click", time, NextId(), out var cost)));
        return cost;
    }

    private long Click(long time, long copyAfterMs)
    {
        var id = NextId();
        _lines.Add((time, Line("click", time, id, out _)));
        _lines.Add((time + copyAfterMs, Line("click", time + copyAfterMs, id, out var cost)));
        return cost;
    }

    // The copy that happened second, in the next hour, comes first.
    private void Overtaken(long fullHour)
    {
        var id = NextId();
        _lines.Add((fullHour + 5_000, Line("click", fullHour + 2_000, id, out _)));
        _lines.Add((fullHour + 6_000, Line("click", fullHour - 2_000, id, out _)));
        CopiesWithinTheDay++;
    }

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"clk_{_number++:x8}");

    private string Line(string type, long time, string id, out long cost)
    {
        var ad = _random.Next(12);
        cost = type == "click" ? _random.Next(1, 900_000) : 0;
        var money = type == "click" ? string.Create(CultureInfo.InvariantCulture, $",\"cost_micros\":{cost},\"currency\":\"{(ad % 3 == 0 ? "NOK" : "USD")}\"") : "";
        var device = _random.Next(3) switch { 0 => "mobile", 1 => "desktop", _ => "tablet" };
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {"type":"{{type}}","click_id":"{{id}}","ad_id":"ad_{{ad}}","campaign_id":"cmp_{{ad / 2}}","advertiser_id":"{{Advertisers[ad % 3]}}","device":"{{device}}","country":"NO"{{money}},"event_time":{{time}}}
            """);
    }
}
