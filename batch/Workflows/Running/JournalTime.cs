namespace ClickFuncs.Batch.Workflows.Running;

/// <summary>The clock as journals keep it.</summary>
internal static class JournalTime
{
    /// <summary>Now in whole milliseconds, so that a time read back equals the one that was written.</summary>
    public static DateTimeOffset Of(TimeProvider time) => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
