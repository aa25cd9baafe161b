namespace ClickFuncs.Ledger;

/// <summary>
/// One revision of a day's close, as the ledger needs to know it. The first revision is booked on the day itself, so a month
/// states the clicks of its own days. Every later one is booked on the day its run began, so a month whose days are all closed
/// never changes: what is found afterwards stands in the month that found it, as a line that names the earlier day.
/// </summary>
public sealed record DayClose
{
    /// <param name="day">The UTC day that is closed.</param>
    /// <param name="revision">From 1.</param>
    /// <param name="runOn">The UTC day on which this revision's run began; the same when the run is resumed.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such revision, or the run began before the day.</exception>
    public DayClose(DateOnly day, int revision, DateOnly runOn)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(revision, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(runOn, day);
        (Day, Revision, RunOn) = (day, revision, runOn);
    }

    /// <summary>The UTC day that is closed.</summary>
    public DateOnly Day { get; }

    /// <summary>Which close of this day it is, from 1.</summary>
    public int Revision { get; }

    /// <summary>The UTC day on which the run began.</summary>
    public DateOnly RunOn { get; }

    /// <summary>The day its entries are booked on.</summary>
    public DateOnly BookedOn => Revision == 1 ? Day : RunOn;
}
