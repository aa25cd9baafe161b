namespace ClickFuncs.Analytics;

/// <summary>The answer would be larger than the store is willing to hold in memory. The message says what to ask instead.</summary>
public sealed class AnalyticsLimitException(string message) : AnalyticsQueryException(message)
{
    /// <summary>Most points of one answer unless a store is told otherwise.</summary>
    public const int DefaultMaxPoints = 1_000_000;

    private const string Instead = "Ask for a shorter range, a coarser granularity, fewer group_by fields, or more filters.";

    /// <summary>The exception for an answer of more than <paramref name="maxPoints"/> points.</summary>
    public static AnalyticsLimitException ForPoints(long maxPoints) => new(
        FormattableString.Invariant($"The answer would have more than {maxPoints:N0} points. {Instead}"));

    /// <summary>The exception for an answer of more bytes than the store's service gives at once.</summary>
    public static AnalyticsLimitException ForSize() => new($"The answer would be larger than the analytics database gives at once. {Instead}");
}
