using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Local.Ledger;

/// <summary>Where the ledger is kept on one machine.</summary>
internal sealed class SqliteLedgerOptions
{
    /// <summary>The file, on a local disk: write-ahead logs need shared memory.</summary>
    [Required]
    public required string Path { get; init; }

    /// <summary>
    /// How long a write waits for that of another process, such as a payment entered while a day is closed. Default 30 s: a
    /// write takes milliseconds, so who waits longer has met a fault and not a queue.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
