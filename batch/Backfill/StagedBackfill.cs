using System.Globalization;

namespace ClickFuncs.Batch.Backfill;

/// <summary>A backfill under way, and where its result is staged.</summary>
/// <param name="Request">What it was asked for.</param>
/// <param name="Run">Tells the run that staged from others of the range.</param>
/// <param name="On">The UTC day on which that run began.</param>
/// <param name="Decision">Tells the run that decides from the one that staged; null while they are one.</param>
public sealed record StagedBackfill(BackfillRequest Request, Guid Run, DateOnly On, Guid? Decision = null)
{
    private const string DayFormat = "yyyyMMdd";

    /// <summary>What the names of all staging areas of the range begin with.</summary>
    internal string AreaPrefix => $"{Request.Id}.";

    /// <summary>The staging area, this run's own: rows of a run that failed, by another policy perhaps, never mix with it.</summary>
    internal string Area => string.Create(CultureInfo.InvariantCulture, $"{AreaPrefix}{On.ToString(DayFormat, CultureInfo.InvariantCulture)}.{Run:N}");

    /// <summary>Lake path of the differences.</summary>
    internal string Details => $"backfills/{Request.Id}/{Decision ?? Run:N}/differences.csv";

    /// <summary>The day on which an area was begun, by its name; null if it is not one of a backfill.</summary>
    internal static DateOnly? DayOf(string area) =>
        area.Split('.') is [var id, var day, _] && id.StartsWith(BackfillRequest.IdPrefix, StringComparison.Ordinal)
        && DateOnly.TryParseExact(day, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) ? on : null;
}
