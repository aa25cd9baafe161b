using ClickFuncs.Analytics;
using ClickFuncs.Analytics.Overviews;
using ClickFuncs.Api.OpenApi;

namespace ClickFuncs.Api.Analytics;

/// <summary>Query parameters of analytics, for the API's description.</summary>
internal static class AnalyticsParameters
{
    public static readonly QueryParameter[] All =
    [
        new("advertiser_id", "Whose numbers.", true),
        new("start_time", "Start, inclusive: ISO-8601, or Unix time in seconds or milliseconds.", true),
        new("end_time", "End, exclusive.", true),
        new("granularity", "1m, 1h or 1d.", true),
        new("time_zone", "IANA name of the place whose days count and whose clock times without offset are; UTC without it."),
        new("group_by", $"Dimensions separated by commas: {AnalyticsVocabulary.DimensionNames}."),
        new("metrics", $"Metrics of the answer, separated by commas; all without it: {AnalyticsMetrics.Names}."),
        new("accuracy", "auto (default), live or final."),
        new("fill", "true adds zero points for times where nothing happened."),
        new("compare_start_time", "Start of a range to compare with."),
        new("compare_end_time", "Its end."),
        new("breakdown", "A dimension: adds a table with a row per value."),
        new("order_by", $"Of the table: {AnalyticsMetrics.Names}."),
        new("order", "Of the table: desc (default) or asc."),
        new("offset", "Rows of the table to skip."),
        new("limit", "Most rows of the table, 1 to 500."),
        .. Enum.GetValues<Dimension>().Select(dimension => new QueryParameter(dimension.Name(), "Filter; repeated, it allows another value; an empty value matches unknown.")),
    ];
}
