namespace ClickFuncs.Telemetry.Tracing;

/// <summary>When a batch of a partition went through its stages. Taken only while somebody listens to traces.</summary>
/// <param name="First">First sequence number of the batch.</param>
/// <param name="Last">Last one.</param>
/// <param name="Read">When counting it began.</param>
/// <param name="Counted">When it was counted.</param>
/// <param name="Committed">When state and position were durable.</param>
/// <param name="PublishStarted">When its rows were handed to the publisher.</param>
/// <param name="Published">When queries could see them.</param>
public readonly record struct BatchTimes(
    long First, long Last, DateTimeOffset Read, DateTimeOffset Counted, DateTimeOffset Committed, DateTimeOffset PublishStarted, DateTimeOffset Published)
{
    /// <summary>Whether a record is in the batch.</summary>
    public bool Holds(long sequence) => sequence >= First && sequence <= Last;
}
