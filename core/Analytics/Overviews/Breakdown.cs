namespace ClickFuncs.Analytics.Overviews;

/// <summary>A page of the rows of a breakdown.</summary>
/// <param name="Count">Rows of all pages.</param>
/// <param name="Rows">The rows of this one, in the order asked for.</param>
/// <param name="TrendStep">How much time each point of a trend covers.</param>
/// <param name="Trends">Per value of the dimension, clicks over the range in equal steps; one step at least.</param>
public sealed record Breakdown(
    int Count, IReadOnlyList<BreakdownRow> Rows, TimeSpan TrendStep, IReadOnlyDictionary<string, IReadOnlyList<long>> Trends);
