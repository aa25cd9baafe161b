namespace ClickFuncs.Analytics;

/// <summary>
/// The order of an answer: time, then the values of the group-by dimensions, then currency; text is compared ordinally.
/// Points that compare equal are the same point: accuracy follows from the time.
/// </summary>
public sealed class AnalyticsPointOrder : IComparer<AnalyticsPoint>
{
    private AnalyticsPointOrder()
    {
    }

    /// <summary>The order.</summary>
    public static AnalyticsPointOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(AnalyticsPoint? x, AnalyticsPoint? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var order = x.StartMs.CompareTo(y.StartMs);
        for (var i = 0; order == 0 && i < x.Group.Count; i++)
            order = string.CompareOrdinal(x.Group[i], y.Group[i]);
        return order != 0 ? order : string.CompareOrdinal(x.Currency, y.Currency);
    }
}
