using System.Globalization;
using ClickFuncs.Analytics;

namespace ClickFuncs.Batch.Backfill;

/// <summary>What a backfill is asked for.</summary>
/// <param name="From">Start of the range, on the hour, UTC.</param>
/// <param name="To">Its end, exclusive, likewise.</param>
/// <param name="End">What becomes of the result.</param>
/// <param name="Policy">How it counts.</param>
/// <param name="Kept">The outcome of a run of the range that kept its result, which is decided upon now; null counts anew.</param>
public sealed record BackfillRequest(DateTimeOffset From, DateTimeOffset To, BackfillEnd End, ReplayPolicy Policy, BackfillOutcome? Kept = null)
{
    /// <summary>What the ids of all runs begin with.</summary>
    public const string IdPrefix = "backfill-";

    /// <summary>Id of the run: one at a time over a range.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{IdPrefix}{From.UtcDateTime:yyyyMMdd'T'HH}-{To.UtcDateTime:yyyyMMdd'T'HH}");

    internal long FromMs => From.ToUnixTimeMilliseconds();

    internal long ToMs => To.ToUnixTimeMilliseconds();

    /// <summary>Refuses a range that is not whole hours.</summary>
    /// <exception cref="ArgumentException">It is not, or it is empty or ends before it begins.</exception>
    public void CheckRange()
    {
        if (From.Ticks % TimeSpan.TicksPerMillisecond != 0 || To.Ticks % TimeSpan.TicksPerMillisecond != 0
            || FromMs % Granularities.HourMs != 0 || ToMs % Granularities.HourMs != 0 || FromMs < 0 || FromMs >= ToMs)
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The range from {From.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'} to {To.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'} can't be backfilled: it must begin and end on the hour, UTC, and end after it begins."));
    }
}
