using ClickFuncs.Analytics;

namespace ClickFuncs.Local.Analytics.Retention;

/// <summary>
/// The part of a read that archived months answer. Their files hold names, not this store's numbers, so that they can be read
/// without it; and whole days, so that none of their points has a part elsewhere.
/// </summary>
internal sealed class ArchiveRead
{
    private readonly IReadOnlyList<(TimeRange Range, bool IsFinal)> _days;

    private ArchiveRead(IReadOnlyList<(TimeRange Range, bool IsFinal)> days, IReadOnlyList<string> paths) => (_days, Paths) = (days, paths);

    /// <summary>The files it takes, as the lake names them.</summary>
    internal IReadOnlyList<string> Paths { get; }

    /// <summary>Finds the days of a plan that are archived. Pure.</summary>
    internal static ArchiveRead Of(ReadPlan plan, IReadOnlyList<ArchivedMonth> archived)
    {
        var months = TimeRanges.Union(archived.Select(month => month.Range));
        IReadOnlyList<(TimeRange Range, bool IsFinal)> days =
        [
            .. TimeRanges.Intersect(plan.Days, months).Select(range => (range, false)),
            .. TimeRanges.Intersect(plan.FinalDays, months).Select(range => (range, true)),
        ];
        var needed = TimeRanges.Union(days.Select(day => day.Range));
        return new ArchiveRead(days, [.. archived.Where(month => TimeRanges.Overlap(needed, month.Range)).Select(month => month.Path)]);
    }

    /// <summary>Columns as of the query over the file's own rows: start of the day, the groups, the currency, and the sums.</summary>
    internal BoundSql Sql(AnalyticsQuery query, FetchedFiles files)
    {
        var sql = new BoundSql();
        var groups = string.Concat(query.GroupBy.Select(dimension => dimension.Name() + ", "));
        sql.Write($"SELECT start_ms, {groups}currency, {CountsSql.Sums} FROM {MonthFile.Source(Paths.Select(files.Find))}");
        sql.Write($" JOIN (SELECT unnest({sql.Add(_days.Select(day => day.Range.FromMs))}) AS from_ms,");
        sql.Write($" unnest({sql.Add(_days.Select(day => day.Range.ToMs))}) AS to_ms,");
        sql.Write($" unnest({sql.Add(_days.Select(day => day.IsFinal ? 1L : 0))}) AS wanted)");
        sql.Write($" ON start_ms >= from_ms AND start_ms < to_ms AND is_final = (wanted = 1) WHERE advertiser_id = {sql.Add(query.AdvertiserId)}");
        foreach (var (dimension, values) in query.Filters)
            sql.Write($" AND {dimension.Name()} IN ({string.Join(", ", values.Select(sql.Add))})");
        return sql.Write($" GROUP BY start_ms, {groups}currency");
    }
}
