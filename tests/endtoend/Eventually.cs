namespace ClickFuncs.EndToEnd.Tests;

/// <summary>Waits for what another process does in its own time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again until the condition holds.</summary>
    /// <param name="condition">Asked at once and then every 50 ms; what it throws ends the wait.</param>
    /// <param name="limit">Longest wait, real time.</param>
    /// <returns>False when the limit passed first.</returns>
    public static async Task<bool> HoldsAsync(Func<Task<bool>> condition, TimeSpan limit)
    {
        using var deadline = new CancellationTokenSource(limit);
        using var timer = new PeriodicTimer(PollInterval);
        while (!await condition())
        {
            if (deadline.IsCancellationRequested)
                return false;
            await timer.WaitForNextTickAsync();
        }

        return true;
    }
}
