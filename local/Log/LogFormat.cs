namespace ClickFuncs.Local.Log;

/// <summary>
/// What the files of the log look like. All numbers are little endian.
/// A segment file is one <see cref="SegmentHeader"/> and then blocks, back to back. A block is one group commit:
/// <see cref="BlockHeader"/>, one <see cref="ChunkEntry"/> per chunk, then the chunks. A chunk holds records of one
/// partition in sequence order, each as a 32-bit length and its bytes.
/// </summary>
internal static class LogFormat
{
    /// <summary>Version of all three layouts. A reader refuses what it does not know.</summary>
    public const ushort Version = 1;

    /// <summary>First eight bytes of a block. Bytes 0xFF and 0xFE never occur in UTF-8, so no text of an event looks like it.</summary>
    public const ulong BlockMagic = 0xFE_4B_4C_42_46_43_FF_FFUL;

    /// <summary>First eight bytes of a segment file.</summary>
    public const ulong SegmentMagic = 0xFE_47_45_53_46_43_FF_FFUL;

    /// <summary>Most partitions of a log.</summary>
    public const int MaxPartitions = 1024;

    /// <summary>Bytes before a record's own.</summary>
    public const int RecordPrefix = sizeof(uint);

    /// <summary>A chunk is closed before it grows past this. Small enough that a reader verifies one in microseconds and that the
    /// buffer it is built in stays off the large-object heap.</summary>
    public const int ChunkBytes = 64 * 1024;

    /// <summary>Most chunks in one block: bounds what a damaged header can make a reader load.</summary>
    public const int MaxChunks = 1 << 17;

    /// <summary>Largest group of records that makes one block, in bytes.</summary>
    public const long MaxGroupBytes = 1L << 30;
}
