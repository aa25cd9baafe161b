using ClickFuncs.Events;

namespace ClickFuncs.Log;

/// <summary>
/// Port: the partitioned, append-only log that makes a click durable. Embedded: segment files with group commit.
/// Azure: Event Hubs.
/// </summary>
public interface IClickLog
{
    /// <summary>Number of partitions; fixed for the life of the log.</summary>
    int PartitionCount { get; }

    /// <summary>
    /// Appends one encoded event to the partition of its fingerprint and completes when it is durable. The bytes are
    /// copied before the call returns.
    /// </summary>
    /// <exception cref="LogOverloadedException">More is waiting than the log accepts; nothing was appended, try later.</exception>
    /// <exception cref="LogUnavailableException">The log can't make it durable; whether it was written is unknown to the
    /// caller, the event id makes a retry harmless.</exception>
    ValueTask<LogPosition> AppendAsync(Fingerprint id, ReadOnlySpan<byte> record, CancellationToken cancellationToken);
}
