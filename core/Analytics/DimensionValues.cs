using ClickFuncs.Windows;

namespace ClickFuncs.Analytics;

/// <summary>Finds a query's dimensions in a row's key.</summary>
public static class DimensionValues
{
    /// <summary>The key's value of a dimension; empty for unknown.</summary>
    public static string Value(this DimensionKey key, Dimension dimension)
    {
        ArgumentNullException.ThrowIfNull(key);
        return dimension switch
        {
            Dimension.Campaign => key.CampaignId,
            Dimension.AdGroup => key.AdGroupId,
            Dimension.Ad => key.AdId,
            Dimension.Creative => key.CreativeId,
            Dimension.Device => key.Device,
            Dimension.Country => key.Country,
            Dimension.Reason => key.Reason,
            _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "No such dimension."),
        };
    }
}
