using System.Text.Json;
using ClickFuncs.Analytics;

namespace ClickFuncs.Functions.Kusto;

/// <summary>How far the counts are summed up and kept, as <c>Tiers.kql</c> tells. Pure.</summary>
/// <param name="Dirty">Hours that were touched since they were summed, or never were, or that a backfill was applied to since; ascending. Those of a backfill
/// also where minutes are not kept any more: what it staged is.</param>
/// <param name="StaleDays">Days that are not the sum of their hours, ascending; milliseconds since the Unix epoch.</param>
/// <param name="Sequence">The highest number of a mark.</param>
/// <param name="Kept">From when on minutes and hours are kept.</param>
internal sealed record TierState(IReadOnlyList<DirtyHour> Dirty, IReadOnlyList<long> StaleDays, long Sequence, KeptFrom Kept)
{
    /// <summary>Reads it from the query's results.</summary>
    public static TierState Read(IReadOnlyList<IReadOnlyList<JsonElement>> results) => new(
        [.. results[0].Select(row => new DirtyHour(KustoText.Milliseconds(row[0].GetString()!), row[1].GetInt64(), row[2].GetInt64(), KustoText.IsYes(row[3])))],
        [.. results[1].Select(row => KustoText.Milliseconds(row[0].GetString()!))],
        results[2][0][0].GetInt64(),
        KeptFrom.Read(results[3][0]));

    /// <summary>The hours of the next day to sum: those of a correction first. Empty when none ended by then.</summary>
    public IReadOnlyList<DirtyHour> HoursToSum(long throughMs)
    {
        DirtyHour[] due = [.. Dirty.Where(hour => hour.StartMs + Granularities.HourMs <= throughMs)];
        if (due.Length == 0)
            return [];
        var day = DayOf((due.FirstOrDefault(hour => hour.WasSummed) ?? due[0]).StartMs);
        return [.. due.Where(hour => DayOf(hour.StartMs) == day)];
    }

    /// <summary>The next day to sum: one that ended by then and whose hours are all summed. Null when there is none.</summary>
    public long? DayToSum(long throughMs) => StaleDays.Where(day => day + Granularities.DayMs <= throughMs && Dirty.All(hour => DayOf(hour.StartMs) != day))
        .Select(day => (long?)day).FirstOrDefault();

    /// <summary>Up to which day minutes are not needed any more.</summary>
    /// <param name="dueMs">Up to when they have served their time and can't be corrected.</param>
    public long MinutesDone(long dueMs) => DayOf(Math.Min(dueMs, Dirty.Count == 0 ? long.MaxValue : Dirty[0].StartMs));

    /// <summary>Up to which day hours are not needed any more; never beyond the minutes.</summary>
    public long HoursDone(long dueMs) => DayOf(Math.Min(Math.Min(dueMs, Kept.MinutesMs), StaleDays.Count == 0 ? long.MaxValue : StaleDays[0]));

    private static long DayOf(long timeMs) => Granularities.Floor(timeMs, Granularities.DayMs);
}

/// <summary>An hour whose sum is missing or out of date.</summary>
/// <param name="StartMs">Its start, milliseconds since the Unix epoch.</param>
/// <param name="Touches">How often it was touched by now.</param>
/// <param name="Swaps">How many backfills were applied to it by now.</param>
/// <param name="WasSummed">Whether there is an older sum: then this is a correction.</param>
internal sealed record DirtyHour(long StartMs, long Touches, long Swaps, bool WasSummed);
