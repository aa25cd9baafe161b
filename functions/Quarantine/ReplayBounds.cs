namespace ClickFuncs.Functions.Quarantine;

/// <summary>
/// How much one request does: Azure's load balancer gives up on an answer after 230 seconds, however long the function may run. What a request does not get
/// to, the next one does; its answer says where.
/// </summary>
public sealed record ReplayBounds
{
    /// <summary>Most quarantined events read.</summary>
    public int MostRead { get; init; } = 20_000;

    /// <summary>Most events sent. Of events that lie alone about 12 request units each, so a request takes at most about 60,000 of them for claims and marks.</summary>
    public int MostSent { get; init; } = 5_000;

    /// <summary>After this long no further event is looked at.</summary>
    public TimeSpan SendFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long it waits until what it sent is counted.</summary>
    public TimeSpan CountFor { get; init; } = TimeSpan.FromSeconds(30);
}
