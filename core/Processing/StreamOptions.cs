using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Processing;

/// <summary>How the stream runs: batch sizes and intervals. They change latency and cost, never a count.</summary>
public sealed record StreamOptions
{
    /// <summary>Most bytes taken from the log for one commit unit. Default 16 MiB. Larger units cost memory and replay time,
    /// smaller ones more commits in catch-up.</summary>
    [Range(64 * 1024, 256 * 1024 * 1024)]
    public int MaxBatchBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Shortest time from one commit of a partition to its next while there is little to do. Default 200 ms: it is most of
    /// the time from click to visible, and one commit costs a sync of the disk.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan CommitInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>With at least this many records waiting a partition does not wait for <see cref="CommitInterval"/>. Default 20,000.</summary>
    [Range(1, int.MaxValue)]
    public int EagerRecords { get; init; } = 20_000;

    /// <summary>Shortest time from one publish to the next while few rows wait. Default 500 ms: one publish costs several milliseconds
    /// of a core whatever it carries, so the partitions of a process share one.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan PublishInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>With at least this many rows waiting a publish does not wait for <see cref="PublishInterval"/>. Default 20,000.</summary>
    [Range(1, int.MaxValue)]
    public int EagerRows { get; init; } = 20_000;

    /// <summary>Bytes of deltas after which a snapshot is taken, at least; it also waits until they are as large as the last snapshot,
    /// so that snapshots at most double what is written. Default 16 MiB. Bounds the time to recover.</summary>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public long SnapshotBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>First wait after a failure of the state store, the log or the analytics store; doubles up to <see cref="MaxRetryDelay"/>. Default 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest wait between retries. Retries never end: a stalled partition alarms by its lag, a skipped one would lose clicks. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before retry number <paramref name="attempt"/>, counted from 0.</summary>
    public TimeSpan DelayBefore(int attempt) =>
        attempt >= 20 || RetryDelay * (1L << attempt) > MaxRetryDelay ? MaxRetryDelay : RetryDelay * (1L << attempt);
}
