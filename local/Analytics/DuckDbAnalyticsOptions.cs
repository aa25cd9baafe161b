using System.ComponentModel.DataAnnotations;
using ClickFuncs.Analytics;

namespace ClickFuncs.Local.Analytics;

/// <summary>How much of the machine the embedded analytics store may use.</summary>
internal sealed class DuckDbAnalyticsOptions
{
    /// <summary>Threads that queries and maintenance share. Default 2: capture and counting come first.</summary>
    [Range(1, 256)]
    public int Threads { get; init; } = 2;

    /// <summary>Most memory for data and query state, in MiB; beyond it queries spill to disk. Default 1,024.</summary>
    [Range(64, 1024 * 1024)]
    public int MemoryMiB { get; init; } = 1024;

    /// <summary>Size of the write-ahead log at which it is folded into the file, in MiB. Default 64: rare enough not to be
    /// felt while publishing, small enough to start up within a second after a crash.</summary>
    [Range(1, 64 * 1024)]
    public int CheckpointMiB { get; init; } = 64;

    /// <summary>Queries that run at once; further ones wait. Default 4.</summary>
    [Range(1, 64)]
    public int Readers { get; init; } = 4;

    /// <summary>Rows that one step of compaction takes from the log, at least one window. Publishing waits for a step. Default 250,000: about half a second.</summary>
    [Range(1, 100_000_000)]
    public int CompactionRows { get; init; } = 250_000;

    /// <summary>Dimension keys kept encoded in memory, about 200 bytes each; when full it starts anew. Default 500,000.</summary>
    [Range(1, 100_000_000)]
    public int CachedKeys { get; init; } = 500_000;

    /// <summary>Most points of one answer. Default 1,000,000.</summary>
    [Range(1, 100_000_000)]
    public int MaxPoints { get; init; } = AnalyticsLimitException.DefaultMaxPoints;
}
