using System.Globalization;

namespace ClickFuncs.Analytics.Overviews;

/// <summary>Reads and validates an overview query, all errors at once. Pure.</summary>
public static class OverviewQueryParser
{
    /// <summary>Reads the query.</summary>
    public static OverviewQueryResult Parse(OverviewQueryText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var main = AnalyticsQueryParser.Parse(text.Query);
        List<string> errors = [.. main.Errors];
        var comparison = Comparison(text, main.Query, errors);
        var breakdown = Breakdown(text, errors);
        return errors.Count > 0 || !main.IsValid
            ? new OverviewQueryResult(null, errors)
            : new OverviewQueryResult(new OverviewQuery(main.Query, comparison, breakdown), []);
    }

    private static AnalyticsQuery? Comparison(OverviewQueryText text, AnalyticsQuery? main, List<string> errors)
    {
        if (text.CompareStartTime is null && text.CompareEndTime is null)
            return null;
        var from = Time("compare_start_time", text.CompareStartTime, main?.Zone, errors);
        var to = Time("compare_end_time", text.CompareEndTime, main?.Zone, errors);
        if (from >= to)
            errors.Add("compare_start_time must be before compare_end_time.");
        else if (main is not null && (to - from) / main.Granularity.WidthMs() > AnalyticsQueryParser.MaxTimes)
            errors.Add(FormattableString.Invariant($"The range to compare with has more than {AnalyticsQueryParser.MaxTimes:N0} points; ask for a shorter one."));
        return main is not null && from is { } fromMs && to is { } toMs ? main with { FromMs = fromMs, ToMs = toMs } : null;
    }

    private static long? Time(string name, string? text, TimeZoneInfo? zone, List<string> errors)
    {
        if (string.IsNullOrEmpty(text))
            errors.Add($"{name} is missing; compare_start_time and compare_end_time belong together.");
        else if (TimeText.TryParse(text, zone, out var time))
            return time;
        else
            errors.Add($"{name} is '{text}'; it must be ISO-8601, such as 2026-07-01T12:00:00Z, or Unix time in seconds or milliseconds.");
        return null;
    }

    private static BreakdownQuery? Breakdown(OverviewQueryText text, List<string> errors)
    {
        if (text.Breakdown is null)
        {
            if ((text.OrderBy ?? text.Order ?? text.Offset ?? text.Limit) is not null)
                errors.Add("order_by, order, offset and limit belong to breakdown, which is missing.");
            return null;
        }

        if (!AnalyticsVocabulary.TryParseDimension(text.Breakdown, out var dimension))
            errors.Add($"breakdown is '{text.Breakdown}'; it may be {AnalyticsVocabulary.DimensionNames}.");
        var orderBy = AnalyticsMetric.Clicks;
        if (text.OrderBy is not null && !AnalyticsMetrics.TryParse(text.OrderBy, out orderBy))
            errors.Add($"order_by is '{text.OrderBy}'; it may be {AnalyticsMetrics.Names}.");
        if (text.Order is not (null or "asc" or "desc"))
            errors.Add($"order is '{text.Order}'; it must be asc or desc.");
        return new BreakdownQuery
        {
            Dimension = dimension,
            OrderBy = orderBy,
            IsAscending = text.Order == "asc",
            Offset = Number("offset", text.Offset, 0, 0, int.MaxValue, errors),
            Limit = Number("limit", text.Limit, BreakdownQuery.DefaultLimit, 1, BreakdownQuery.MaxLimit, errors),
        };
    }

    private static int Number(string name, string? text, int absent, int least, int most, List<string> errors)
    {
        if (text is null)
            return absent;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        errors.Add(FormattableString.Invariant($"{name} is '{text}'; it must be a whole number from {least} to {most}."));
        return absent;
    }
}
