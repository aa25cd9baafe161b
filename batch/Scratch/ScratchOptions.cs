using System.ComponentModel.DataAnnotations;

namespace ClickFuncs.Batch.Scratch;

/// <summary>What one unit of nightly work may take of the machine. Units run beside each other where there is room for several.</summary>
public sealed record ScratchOptions
{
    /// <summary>Memory of the unit's database in MiB; beyond it the database spills into <see cref="Folder"/>. Default 1,024: about what
    /// three million events of a compaction need. The process takes 200 to 300 MiB more.</summary>
    [Range(64, 1024 * 1024)]
    public int MemoryLimitMiB { get; init; } = 1024;

    /// <summary>Threads of the unit's database. Default 1: units multiply over cores and machines, and one thread writes the same file
    /// every time.</summary>
    [Range(1, 256)]
    public int Threads { get; init; } = 1;

    /// <summary>Folder for files that nobody misses after a crash; whoever owns it may empty it at start. Default: <c>clickfuncs</c> among the
    /// system's temporary files.</summary>
    [Required]
    public string Folder { get; init; } = Path.Combine(Path.GetTempPath(), "clickfuncs");
}
