using System.ComponentModel.DataAnnotations;
using ClickFuncs.Spool;

namespace ClickFuncs.Local.Spool;

/// <summary>The settings of the spool on one machine.</summary>
internal sealed class LocalSpoolOptions : SpoolOptions
{
    /// <summary>Folder of the spool; made when absent. Default: <c>spool</c> in the data folder, which helps when the log fails but not
    /// when the disk does. Put it on a disk of its own.</summary>
    public string? Directory { get; init; }

    /// <summary>Bytes after which a file of the spool is closed; drained files are deleted whole. Default 16 MiB.</summary>
    [Range(typeof(long), "65536", "1073741824")]
    public long SegmentBytes { get; init; } = 16L << 20;
}
