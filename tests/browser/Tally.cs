using System.Globalization;

namespace ClickFuncs.Browser.Tests;

/// <summary>What a list of events adds up to, as the page would write it. Independent of the product.</summary>
internal sealed class Tally(IEnumerable<History.Event> events)
{
    private readonly List<History.Event> _events = [.. events];

    public int Clicks => Of("click").Count();

    public int RawClicks => Of("click").Sum(click => 1 + click.Repeats);

    public int Impressions => Of("impression").Count();

    public int Conversions => Of("conversion").Count();

    /// <summary>Spend in units; callers pass events of one currency.</summary>
    public decimal Spend => Of("click").Sum(click => click.CostMicros) / 1_000_000m;

    /// <summary>A count with separators, as in <c>1,234</c>.</summary>
    public static string Text(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>An amount with all its decimals, at least two.</summary>
    public static string Text(string currency, decimal amount) => $"{currency} {amount.ToString("#,##0.00####", CultureInfo.InvariantCulture)}";

    private IEnumerable<History.Event> Of(string type) => _events.Where(happened => happened.Type == type);
}
