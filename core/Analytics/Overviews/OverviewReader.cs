using ClickFuncs.Analytics.Late;
using ClickFuncs.Analytics.Zones;

namespace ClickFuncs.Analytics.Overviews;

/// <summary>
/// Answers an overview query with a few questions to the store, one after the other: one page never takes more than one of
/// the store's readers. Counts that arrive in between are in the later parts only.
/// </summary>
/// <param name="store">Whom to ask.</param>
/// <param name="late">Whom to ask for late clicks; null where nobody knows them.</param>
public sealed class OverviewReader(IAnalyticsStore store, ILateClicks? late = null)
{
    /// <summary>Answers the query.</summary>
    /// <exception cref="AnalyticsLimitException">A part of the answer would be too large.</exception>
    public async ValueTask<Overview> ReadAsync(OverviewQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var answer = await store.QueryZonedAsync(query.Query, cancellationToken);
        var comparison = query.Comparison is { } earlier ? await CompareAsync(earlier, cancellationToken) : null;
        var breakdown = query.Breakdown is { } table ? await ReadAsync(query.Query, table, cancellationToken) : null;
        return new Overview(answer, comparison, breakdown, await CountLateAsync(query.Query, cancellationToken));
    }

    // A final day was recounted with its late clicks. Most days have none, and then the store is not asked.
    private async ValueTask<long?> CountLateAsync(AnalyticsQuery query, CancellationToken cancellationToken)
    {
        if (late is null || query.Accuracy == Accuracy.Final || await late.CountByDayAsync(query, cancellationToken) is not { } days)
            return null;
        // Minutes are never final.
        if (days.Count == 0 || query.Granularity == Granularity.Minute)
            return days.Values.Sum();
        var byDay = query with { Granularity = Granularity.Day, Zone = null, GroupBy = [], Filters = new Dictionary<Dimension, IReadOnlyList<string>>() };
        var isFinal = (await store.QueryAsync(byDay, cancellationToken)).Points
            .Where(point => point.Accuracy == Accuracy.Final).Select(point => point.StartMs).ToHashSet();
        return days.Where(day => !isFinal.Contains(day.Key)).Sum(day => day.Value);
    }

    // What is no longer kept can't be compared with; that is no reason to withhold the rest.
    private async ValueTask<AnalyticsAnswer?> CompareAsync(AnalyticsQuery earlier, CancellationToken cancellationToken)
    {
        try
        {
            return await store.QueryZonedAsync(earlier, cancellationToken);
        }
        catch (AnalyticsExpiredException)
        {
            return null;
        }
    }

    private async ValueTask<Breakdown> ReadAsync(AnalyticsQuery query, BreakdownQuery breakdown, CancellationToken cancellationToken)
    {
        // Days are the fewest points that still add up to the range: windows outside of it don't count, whatever the granularity.
        var byValue = query with { GroupBy = [breakdown.Dimension], Granularity = Granularity.Day, Zone = null };
        var days = (await store.QueryAsync(byValue, cancellationToken)).Points;
        var all = BreakdownRows.Of(breakdown, days);
        var rows = all.Skip(breakdown.Offset).Take(breakdown.Limit).ToList();
        var scale = TrendScale.Of(query.FromMs, query.ToMs, query.Granularity);
        var trends = rows.Count == 0 ? []
            // Of a long range the trends are made of the same days: the store has answered that already.
            : scale.Granularity == Granularity.Day ? OnlyOf(rows, days)
            : (await store.QueryAsync(OnlyOf(rows, byValue, breakdown.Dimension) with { Granularity = scale.Granularity }, cancellationToken)).Points;
        return new Breakdown(all.Count, rows, TimeSpan.FromMilliseconds(scale.StepMs), scale.Trends(trends));
    }

    private static List<AnalyticsPoint> OnlyOf(List<BreakdownRow> rows, IReadOnlyList<AnalyticsPoint> points)
    {
        var values = rows.Select(row => row.Value).ToHashSet(StringComparer.Ordinal);
        return [.. points.Where(point => values.Contains(point.Group[0]))];
    }

    private static AnalyticsQuery OnlyOf(List<BreakdownRow> rows, AnalyticsQuery query, Dimension dimension) => query with
    {
        Filters = new Dictionary<Dimension, IReadOnlyList<string>>(query.Filters)
        {
            [dimension] = [.. rows.Select(row => row.Value).Distinct(StringComparer.Ordinal)],
        },
    };
}
