namespace ClickFuncs.Local.Load;

/// <summary>
/// When each request is due, in ticks of the run's clock. Open loop: evenly spaced from the start, so a request that had to
/// wait for a slow server is measured from when it was due (no coordinated omission). Closed loop: always now.
/// </summary>
/// <param name="Rate">Requests per second; 0 is the closed loop.</param>
/// <param name="Start">The clock at the start.</param>
/// <param name="Frequency">Ticks per second.</param>
internal readonly record struct LoadSchedule(int Rate, long Start, long Frequency)
{
    /// <summary>When the request with this number, from 0, is due.</summary>
    public long DueAt(long number, long now) =>
        Rate == 0 ? now : Start + (number / Rate * Frequency) + (number % Rate * Frequency / Rate);

    /// <summary>How many requests are due strictly before a moment; 0 in the closed loop, which owes none.</summary>
    public long DueBefore(long moment)
    {
        var elapsed = moment - Start;
        if (Rate == 0 || elapsed <= 0)
            return 0;
        var count = (elapsed / Frequency * Rate) + (elapsed % Frequency * Rate / Frequency);
        // Division rounds down twice; the due times themselves decide about the last one.
        while (DueAt(count, moment) < moment)
            count++;
        return count;
    }
}
