using ClickFuncs.Analytics;
using ClickFuncs.DuckDb;
using ClickFuncs.Local.Analytics.Retention;

namespace ClickFuncs.Local.Analytics;

/// <summary>
/// What each tier of rows holds. Hours and days are rolled up before a boundary per width, except spans corrected since,
/// which are dirty until they are rolled up again.
/// </summary>
internal sealed record TierState
{
    // One statement for all of it: what a statement costs is its planning, and every query reads this.
    private const string Statement =
        $"""
        SELECT 'rolled', width_ms, through_ms, '' FROM rolled
        UNION ALL SELECT 'kept', width_ms, from_ms, '' FROM kept
        UNION ALL SELECT 'dirty', width_ms, start_ms, '' FROM dirty span WHERE {DirtySpans.FinerAreKept}
        UNION ALL SELECT 'final', day_ms, day_ms + 86400000, '' FROM final_day_revision
        UNION ALL SELECT 'archived', from_ms, to_ms, path FROM archived_month
        """;

    /// <summary>Times that the hourly rows stand for: rolled up, not dirty, not deleted yet.</summary>
    internal IReadOnlyList<TimeRange> Hours { get; init; } = [];

    /// <summary>Times that the daily rows stand for, in the file or in the lake.</summary>
    internal IReadOnlyList<TimeRange> Days { get; init; } = [];

    /// <summary>Days that are final.</summary>
    internal IReadOnlyList<TimeRange> FinalDays { get; init; } = [];

    /// <summary>Months whose daily rows are in the lake, ascending.</summary>
    internal IReadOnlyList<ArchivedMonth> Archived { get; init; } = [];

    /// <summary>How far back minutes and hours go.</summary>
    internal KeptFrom Kept { get; init; }

    /// <summary>Reads it as of the connection's transaction.</summary>
    internal static TierState Read(DuckDbConnection connection)
    {
        var facts = new List<(string Kind, long First, long Second, string Path)>();
        using (var reader = connection.Query(Statement))
        {
            while (reader.Read())
                facts.Add((reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetString(3)));
        }

        long Of(string kind, long width) => facts.First(fact => fact.Kind == kind && fact.First == width).Second;
        List<TimeRange> Clean(long width, long from) => TimeRanges.Subtract(
            TimeRanges.Union([new TimeRange(from, Of("rolled", width))]),
            TimeRanges.Union(facts.Where(it => it.Kind == "dirty" && it.First == width).Select(it => new TimeRange(it.Second, it.Second + width))));

        var kept = new KeptFrom(Of("kept", Granularities.MinuteMs), Of("kept", Granularities.HourMs));
        return new TierState
        {
            Hours = Clean(Granularities.HourMs, kept.HoursMs),
            Days = Clean(Granularities.DayMs, 0),
            FinalDays = TimeRanges.Union(facts.Where(it => it.Kind == "final").Select(it => new TimeRange(it.First, it.Second))),
            Archived =
            [
                .. facts.Where(it => it.Kind == "archived").OrderBy(it => it.First)
                    .Select(it => new ArchivedMonth(new TimeRange(it.First, it.Second), it.Path)),
            ],
            Kept = kept,
        };
    }

    /// <summary>The boundary of one width; 0 before the first rollup.</summary>
    internal static long Through(DuckDbConnection connection, long widthMs)
    {
        using var statement = connection.Prepare("SELECT through_ms FROM rolled WHERE width_ms = $1");
        using var reader = statement.Bind(1, widthMs).Query();
        return reader.Read() ? reader.GetInt64(0) : 0;
    }
}
