using System.Globalization;

namespace ClickFuncs.Browser.Tests;

/// <summary>
/// Two weeks of an advertiser, up to a few minutes ago: more by day than by night and less at weekends. Counts are sums over this
/// list, made with nothing of the product.
/// </summary>
public sealed class History
{
    /// <summary>The advertiser with one currency.</summary>
    public const string Advertiser = "adv_nordlys";

    /// <summary>The advertiser with two.</summary>
    public const string TwoCurrencies = "adv_atlantic";

    private const int Days = 15;
    private static readonly string[] Devices = ["mobile", "mobile", "mobile", "desktop", "desktop", "tablet"];
    private static readonly string[] Countries = ["NO", "NO", "NO", "SE", "SE", "DK", "FI", "DE"];
    private readonly List<Event> _events = [];

    /// <param name="seed">Makes it repeatable.</param>
    /// <param name="now">Where it ends.</param>
    public History(int seed, DateTimeOffset now)
    {
        var random = new Random(seed);
        var end = now.AddMinutes(-3);
        for (var hour = Floor(end).AddDays(-Days); hour < end; hour = hour.AddHours(1))
            AddHour(random, hour, end);
        _events.Sort((x, y) => x.Time.CompareTo(y.Time));
        FirstFullDay = new DateTimeOffset(end.UtcDateTime.Date.AddDays(1 - Days), TimeSpan.Zero);
    }

    /// <summary>The first day of which nothing is missing.</summary>
    public DateTimeOffset FirstFullDay { get; }

    /// <summary>Every event once; a repeated one comes again in <see cref="Lines"/>.</summary>
    public IReadOnlyList<Event> Events => _events;

    /// <summary>The events as the import reads them, repeats right after the first.</summary>
    public IEnumerable<string> Lines() =>
        _events.SelectMany((happened, number) => Enumerable.Repeat(happened.Line(number), 1 + happened.Repeats));

    /// <summary>The events of an advertiser in some whole days.</summary>
    public IEnumerable<Event> Between(string advertiser, DateTimeOffset from, int days) =>
        _events.Where(happened => happened.Advertiser == advertiser && happened.Time >= from && happened.Time < from.AddDays(days));

    private void AddHour(Random random, DateTimeOffset hour, DateTimeOffset end)
    {
        var byDay = 0.35 + (0.65 * Math.Max(0, Math.Sin((hour.Hour - 5) / 18.0 * Math.PI)));
        var byWeek = hour.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.6 : 1;
        var impressions = (int)(420 * byDay * byWeek * (0.85 + (0.3 * random.NextDouble())));
        for (var i = 0; i < impressions; i++)
        {
            var isSecond = random.Next(8) == 0;
            // Low numbers come up more often: some ads are more popular than others.
            var ad = Math.Min(random.Next(12), random.Next(12)) + 1;
            var shown = new Event(
                hour.AddMilliseconds(random.Next(3_600_000)), isSecond ? TwoCurrencies : Advertiser, ad, "impression",
                isSecond ? ad % 3 == 0 ? "USD" : "EUR" : "NOK", 0, Devices[random.Next(Devices.Length)], Countries[random.Next(Countries.Length)], 0);
            Add(shown, end);
            if (random.Next(100) >= 4 + (ad % 4))
                continue;
            Add(shown with { Time = shown.Time.AddSeconds(2), Type = "click", CostMicros = 1_250_000 + (ad * 137_500), Repeats = random.Next(12) == 0 ? 1 : 0 }, end);
            if (random.Next(100) < 9)
                Add(shown with { Time = shown.Time.AddSeconds(20), Type = "conversion" }, end);
        }
    }

    private void Add(Event happened, DateTimeOffset end)
    {
        if (happened.Time < end)
            _events.Add(happened);
    }

    private static DateTimeOffset Floor(DateTimeOffset time) => new(time.UtcDateTime.Date.AddHours(time.UtcDateTime.Hour), TimeSpan.Zero);

    /// <summary>One event.</summary>
    public sealed record Event(
        DateTimeOffset Time, string Advertiser, int Ad, string Type, string Currency, long CostMicros, string Device, string Country, int Repeats)
    {
        /// <summary>Its campaign.</summary>
        public string Campaign => $"cmp_{(Ad <= 4 ? "winter_sale" : Ad <= 9 ? "brand" : "retargeting")}";

        internal string Line(int number) => string.Create(CultureInfo.InvariantCulture,
            $$"""{"type":"{{Type}}","click_id":"{{Type}}_{{number}}","advertiser_id":"{{Advertiser}}","campaign_id":"{{Campaign}}","ad_group_id":"grp_{{(Ad + 2) / 3}}","ad_id":"ad_{{Advertiser[4..]}}_{{Ad:00}}","creative_id":"cr_{{1 + (Ad % 3)}}","cost_micros":{{CostMicros}},"currency":"{{Currency}}","device":"{{Device}}","country":"{{Country}}","event_time":{{Time.ToUnixTimeMilliseconds()}}}""");
    }
}
