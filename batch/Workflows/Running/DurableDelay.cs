namespace ClickFuncs.Batch.Workflows.Running;

/// <summary>Waits until a time of the clock on the wall: however long it is, and also if the clock is set meanwhile.</summary>
internal static class DurableDelay
{
    // A timer counts time that passes; looking at the clock again now and then notices when that was not the same.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Completes at the time, at once if it has passed.</summary>
    public static async Task UntilAsync(DateTimeOffset due, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var rest = due - time.GetUtcNow(); rest > TimeSpan.Zero; rest = due - time.GetUtcNow())
        {
            // A timer has whole milliseconds; cut down it would fire early and be set again for nothing.
            var wait = rest < LongestWait ? TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)) : LongestWait;
            await Task.Delay(wait, time, cancellationToken);
        }
    }
}
