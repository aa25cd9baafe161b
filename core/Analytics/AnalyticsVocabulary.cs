using System.Collections.Frozen;

namespace ClickFuncs.Analytics;

/// <summary>The words of the analytics contract, shared by HTTP, command line and JSON.</summary>
public static class AnalyticsVocabulary
{
    private static readonly FrozenDictionary<string, Dimension> Dimensions =
        Enum.GetValues<Dimension>().ToFrozenDictionary(Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Granularity> GranularityByName =
        Enum.GetValues<Granularity>().ToFrozenDictionary(Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Accuracy> Accuracies =
        Enum.GetValues<Accuracy>().ToFrozenDictionary(Name, StringComparer.Ordinal);

    /// <summary>Name of a dimension as a field, a group and a filter.</summary>
    public static string Name(this Dimension dimension) => dimension switch
    {
        Dimension.Campaign => "campaign_id",
        Dimension.AdGroup => "ad_group_id",
        Dimension.Ad => "ad_id",
        Dimension.Creative => "creative_id",
        Dimension.Device => "device",
        Dimension.Country => "country",
        Dimension.Reason => "reason",
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "No such dimension."),
    };

    /// <summary>Name of a granularity.</summary>
    public static string Name(this Granularity granularity) => granularity switch
    {
        Granularity.Minute => "1m",
        Granularity.Hour => "1h",
        Granularity.Day => "1d",
        _ => throw new ArgumentOutOfRangeException(nameof(granularity), granularity, "No such granularity."),
    };

    /// <summary>Name of an accuracy.</summary>
    public static string Name(this Accuracy accuracy) => accuracy switch
    {
        Accuracy.Auto => "auto",
        Accuracy.Live => "live",
        Accuracy.Final => "final",
        _ => throw new ArgumentOutOfRangeException(nameof(accuracy), accuracy, "No such accuracy."),
    };

    /// <summary>All dimension names, for messages and help.</summary>
    public static string DimensionNames { get; } = string.Join(", ", Enum.GetValues<Dimension>().Select(Name));

    /// <summary>Reads a dimension's name.</summary>
    public static bool TryParseDimension(string name, out Dimension dimension) => Dimensions.TryGetValue(name, out dimension);

    /// <summary>Reads a granularity's name.</summary>
    public static bool TryParseGranularity(string name, out Granularity granularity) => GranularityByName.TryGetValue(name, out granularity);

    /// <summary>Reads an accuracy's name.</summary>
    public static bool TryParseAccuracy(string name, out Accuracy accuracy) => Accuracies.TryGetValue(name, out accuracy);
}
