using System.Globalization;

namespace ClickFuncs.Browser.Tests;

/// <summary>
/// A small day of one advertiser, to be closed: clicks every ten minutes, some of them repeated, and at the end of the day a few
/// that happened in the morning. What it adds up to is known here, with nothing of the product.
/// </summary>
/// <param name="start">Its midnight.</param>
/// <param name="advertiser">The advertiser, who has nothing else.</param>
/// <param name="currency">What it pays in.</param>
public sealed class BooksDay(DateTimeOffset start, string advertiser, string currency)
{
    private const int Ordinary = 140;
    private const int EveryRepeated = 10;

    /// <summary>Clicks that come when their minute is long closed.</summary>
    public const int Late = 3;

    /// <summary>Copies of clicks.</summary>
    public const int Repeats = Ordinary / EveryRepeated;

    /// <summary>Clicks, each once.</summary>
    public const int Clicks = Ordinary + Late;

    /// <summary>What <see cref="Clicks"/> cost.</summary>
    public static decimal Spend => Enumerable.Range(0, Clicks).Sum(Cost) / 1_000_000m;

    /// <summary>The day, as in a URL.</summary>
    public string Date => start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Its month.</summary>
    public string Month => Date[..7];

    /// <summary>The advertiser.</summary>
    public string Advertiser => advertiser;

    /// <summary>What it pays in.</summary>
    public string Currency => currency;

    /// <summary>Copies, repeats included, of the clicks of a campaign.</summary>
    public static int CopiesOf(string campaign) => Enumerable.Range(0, Clicks).Where(number => Campaign(number) == campaign).Sum(number => 1 + RepeatsOf(number));

    /// <summary>Clicks of a campaign, each once.</summary>
    public static int ClicksOf(string campaign) => Enumerable.Range(0, Clicks).Count(number => Campaign(number) == campaign);

    internal IEnumerable<string> Lines()
    {
        for (var number = 0; number < Ordinary; number++)
        {
            for (var copy = 0; copy <= RepeatsOf(number); copy++)
                yield return Line(number, start.AddMinutes(number * 10));
        }

        for (var number = Ordinary; number < Clicks; number++)
            yield return Line(number, start.AddHours(6));
    }

    private static int RepeatsOf(int number) => number < Ordinary && number % EveryRepeated == 0 ? 1 : 0;

    private static string Campaign(int number) => number % 3 == 0 ? "cmp_harbour" : "cmp_peaks";

    private static long Cost(int number) => 1_000_000 + (number * 12_345);

    private string Line(int number, DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"click_id":"{{advertiser}}_{{number}}","advertiser_id":"{{advertiser}}","campaign_id":"{{Campaign(number)}}","ad_id":"ad_{{number % 4}}","cost_micros":{{Cost(number)}},"currency":"{{currency}}","device":"{{(number % 2 == 0 ? "mobile" : "desktop")}}","country":"NO","event_time":{{time.ToUnixTimeMilliseconds()}}}""");
}
