namespace ClickFuncs.Batch.Close;

/// <summary>Which days can be closed.</summary>
public static class CloseCalendar
{
    /// <summary>Refuses a day that is not over.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public static void RequireOver(DateOnly date, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        if (date >= DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime))
            throw new InvalidOperationException(
                $"{date:yyyy-MM-dd} is not over: it is {time.GetUtcNow():yyyy-MM-dd HH:mm} UTC. A day can be closed once it has ended.");
    }
}
