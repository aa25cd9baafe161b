using ClickFuncs.Analytics;

namespace ClickFuncs.Local.Analytics;

/// <summary>Which keys a query asks for, in numbers.</summary>
internal sealed class KeyFilter
{
    private readonly List<(string Column, IReadOnlyList<int> Numbers)> _conditions;

    private KeyFilter(List<(string Column, IReadOnlyList<int> Numbers)> conditions) => _conditions = conditions;

    /// <summary>Translates a query's advertiser and filters; null when no row can match, since a name was never seen.</summary>
    internal static KeyFilter? Of(AnalyticsQuery query, NameTable names)
    {
        if (!names.TryFind(query.AdvertiserId, out var advertiser))
            return null;
        List<(string, IReadOnlyList<int>)> conditions = [("advertiser", [advertiser])];
        foreach (var (dimension, values) in query.Filters)
        {
            var numbers = values.Where(value => names.TryFind(value, out _)).Select(value => names.TryFind(value, out var number) ? number : 0).ToList();
            if (numbers.Count == 0)
                return null;
            conditions.Add((Column(dimension), numbers));
        }

        return new KeyFilter(conditions);
    }

    /// <summary>The column of a dimension: the only names that a query can bring into SQL.</summary>
    internal static string Column(Dimension dimension) => dimension switch
    {
        Dimension.Campaign => "campaign",
        Dimension.AdGroup => "ad_group",
        Dimension.Ad => "ad",
        Dimension.Creative => "creative",
        Dimension.Device => "device",
        Dimension.Country => "country",
        Dimension.Reason => "reason",
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "No such dimension."),
    };

    /// <summary>The condition, its values bound in <paramref name="sql"/>.</summary>
    internal string Bind(BoundSql sql) =>
        string.Join(" AND ", _conditions.Select(it => $"{it.Column} IN ({string.Join(", ", it.Numbers.Select(sql.Add))})"));
}
