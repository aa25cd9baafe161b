using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Local.State;

/// <summary>Where and how partition state is kept on one machine.</summary>
internal sealed class SqliteStateOptions
{
    /// <summary>Folder of <c>state.db</c> and <c>snapshots/</c>; made when missing. It must be a local disk: write-ahead logs
    /// need shared memory.</summary>
    [Required]
    public required string Directory { get; init; }

    /// <summary>Pages of 4 KiB in the write-ahead log after which a commit also moves them into the database file. Default
    /// 4096 (16 MiB): small commits pay for it rarely, and a large one is not written twice at once.</summary>
    [Range(100, 1_000_000)]
    public int CheckpointPages { get; init; } = 4096;

    /// <summary>The write-ahead log is cut back to this many bytes after a large commit has made it longer. Default 64 MiB.</summary>
    [Range(1 << 20, 1L << 40)]
    public long WalLimitBytes { get; init; } = 64 << 20;

    /// <summary>How long to wait for another process that writes to the same folder, such as a <c>verify</c>. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
