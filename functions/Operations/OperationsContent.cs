using ClickFuncs.Api.Alerts;
using ClickFuncs.Api.Operations;
using ClickFuncs.State;

namespace ClickFuncs.Functions.Operations;

/// <summary>What the watch found, as it is stored. What could not be read is null, never zero.</summary>
/// <param name="AtMs">When, milliseconds since the Unix epoch.</param>
/// <param name="Partitions">The click log's partitions.</param>
/// <param name="Spool">What waits in the spools of all instances.</param>
/// <param name="Budgets">What the budget lane shows.</param>
/// <param name="LastRuns">What became of the schedules' last firings.</param>
/// <param name="Unread">What could not be read, and why.</param>
/// <param name="Alerts">What is remembered for the alerts.</param>
public sealed record OperationsContent(
    long AtMs, IReadOnlyList<PartitionReading> Partitions, SpoolReading? Spool, BudgetReading? Budgets, IReadOnlyList<LastRunAnswer>? LastRuns,
    IReadOnlyDictionary<string, string> Unread, AlertMemory Alerts)
{
    /// <summary>One older than this says nothing of now: four looks of the watch did not come.</summary>
    public static readonly TimeSpan Trusted = 4 * OperationsWatch.Interval;

    /// <summary>Whether it is too old to say anything of now.</summary>
    public bool IsOld(DateTimeOffset now) => now.ToUnixTimeMilliseconds() - AtMs > Trusted.TotalMilliseconds;
}

/// <summary>How far a partition is.</summary>
/// <param name="Partition">Its number.</param>
/// <param name="Next">Number that its next record will get; null when the hub could not be asked.</param>
/// <param name="LastArrivalMs">When its last record came, milliseconds since the Unix epoch; null when unknown or none ever did.</param>
/// <param name="Head">What is committed; null when the state could not be read.</param>
/// <param name="Mark">A number that the partition reached at <paramref name="MarkAtMs"/>, to tell how long its records wait.</param>
/// <param name="MarkAtMs">When.</param>
/// <param name="CoveredAtMs">A moment whose records are all published by now; null when none is known.</param>
public sealed record PartitionReading(int Partition, long? Next, long? LastArrivalMs, PartitionHead? Head, long? Mark, long? MarkAtMs, long? CoveredAtMs)
{
    private const long StalledAfterMs = 60_000;

    /// <summary>Records that queries do not show yet; null when unknown.</summary>
    public long? Lag => Next - 1 - Head?.PublishedPosition is { } lag ? Math.Max(0, lag) : null;

    /// <summary>
    /// The reading of a partition after another one. Which record waits longest nobody tells; but what had come by one look and is published by
    /// a later one did not wait longer than from the one to the other. Pure.
    /// </summary>
    /// <param name="before">The reading before; null for none.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="next">Number that its next record will get.</param>
    /// <param name="lastArrivalMs">When its last record came.</param>
    /// <param name="head">What is committed.</param>
    /// <param name="nowMs">The moment of the look, milliseconds since the Unix epoch.</param>
    public static PartitionReading After(PartitionReading? before, int partition, long? next, long? lastArrivalMs, PartitionHead? head, long nowMs)
    {
        var (mark, markAt, covered) = (before?.Mark, before?.MarkAtMs, before?.CoveredAtMs);
        if (head is not null && mark <= head.PublishedPosition)
            (covered, mark, markAt) = (markAt, null, null);
        if (head is not null && next is { } end && end - 1 <= head.PublishedPosition)
            (covered, mark, markAt) = (nowMs, null, null);
        else if (mark is null && next is { } reached)
            (mark, markAt) = (reached - 1, nowMs);
        return new PartitionReading(partition, next, lastArrivalMs, head, mark, markAt, covered);
    }

    /// <summary>For at most how long records have waited, in milliseconds; null when it can't be told.</summary>
    public long? WaitingMs(long nowMs) => Lag is null ? null : Lag == 0 ? 0 : nowMs - CoveredAtMs;

    /// <summary>For how long at least a record that waits has waited, in milliseconds; null when it can't be told. Up to one look less than it has.</summary>
    public long? WaitedMs(long nowMs) => Lag is null ? null : Lag == 0 ? 0 : nowMs - MarkAtMs;

    /// <summary>Whether records wait and none was published for a minute; null when it can't be told.</summary>
    public bool? IsStalled(long nowMs) => Lag switch
    {
        null => null,
        0 => false,
        // Without a moment known to be covered, what was there at the mark waits at least since then.
        _ when nowMs - (CoveredAtMs ?? MarkAtMs) > StalledAfterMs => true,
        _ => CoveredAtMs is null ? null : false,
    };
}

/// <summary>What waits in the spools.</summary>
/// <param name="Files">Files of entries.</param>
/// <param name="Events">Events in them.</param>
/// <param name="OldestMs">When the oldest came, milliseconds since the Unix epoch; null when none waits.</param>
public sealed record SpoolReading(int Files, long Events, long? OldestMs);

/// <summary>What the budget lane shows.</summary>
/// <param name="AsOfMs">Up to when spend is known; <see cref="long.MinValue"/> when nothing is.</param>
/// <param name="AtRiskMicros">Money at risk by currency, in micros of it.</param>
/// <param name="Campaigns">Campaigns by state.</param>
/// <param name="LimitMicros">The most that may be at risk of a currency, in micros.</param>
public sealed record BudgetReading(long AsOfMs, IReadOnlyDictionary<string, long> AtRiskMicros, IReadOnlyDictionary<string, long> Campaigns, long LimitMicros);
