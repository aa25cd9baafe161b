using System.Buffers.Binary;
using ClickFuncs.Local.Storage;
using ClickFuncs.Log;

namespace ClickFuncs.Local.Log;

/// <summary>
/// Head of a segment file: magic u64, checksum u32, version u16, partition count u16, salt u32, zero u32, first block i64,
/// previous first block i64, previous length i64, arrival floor i64, then one first sequence i64 per partition.
/// It sums up the segment before, which is therefore known without being scanned: where it ends in every partition, how long
/// its file is and when its last record came.
/// </summary>
/// <param name="Salt">Random number of this log.</param>
/// <param name="FirstBlock">Number of the first block, also the file's name.</param>
/// <param name="PreviousFirstBlock">Name of the segment before, or -1 in the first one.</param>
/// <param name="PreviousLength">Final length of that file in bytes.</param>
/// <param name="ArrivalFloorMs">Arrival of the last block before this segment, milliseconds since the Unix epoch; 0 in the first one.</param>
/// <param name="FirstSequences">First sequence number of each partition.</param>
internal sealed record SegmentHeader(
    uint Salt, long FirstBlock, long PreviousFirstBlock, long PreviousLength, long ArrivalFloorMs, long[] FirstSequences)
{
    /// <summary>What <see cref="PreviousFirstBlock"/> says in the first segment of a log.</summary>
    public const long NoPrevious = -1;

    private const int FixedSize = 56;
    private const int ChecksumAt = 8;
    private const int CoveredFrom = 12;

    /// <summary>Number of partitions of the log.</summary>
    public int PartitionCount => FirstSequences.Length;

    /// <summary>Bytes of the header; the first block starts there.</summary>
    public int Length => FixedSize + FirstSequences.Length * sizeof(long);

    /// <summary>The header as it is stored.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        var span = bytes.AsSpan();
        BinaryPrimitives.WriteUInt64LittleEndian(span, LogFormat.SegmentMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(span[12..], LogFormat.Version);
        BinaryPrimitives.WriteUInt16LittleEndian(span[14..], (ushort)PartitionCount);
        BinaryPrimitives.WriteUInt32LittleEndian(span[16..], Salt);
        BinaryPrimitives.WriteInt64LittleEndian(span[24..], FirstBlock);
        BinaryPrimitives.WriteInt64LittleEndian(span[32..], PreviousFirstBlock);
        BinaryPrimitives.WriteInt64LittleEndian(span[40..], PreviousLength);
        BinaryPrimitives.WriteInt64LittleEndian(span[48..], ArrivalFloorMs);
        for (var p = 0; p < FirstSequences.Length; p++)
            BinaryPrimitives.WriteInt64LittleEndian(span[(FixedSize + p * sizeof(long))..], FirstSequences[p]);
        BinaryPrimitives.WriteUInt32LittleEndian(span[ChecksumAt..], Crc32C.Of(span[CoveredFrom..]));
        return bytes;
    }

    /// <summary>Reads and verifies the header of the segment at <paramref name="path"/>.</summary>
    /// <exception cref="LogCorruptException">It is not what was written. A segment gets its name only after its header is
    /// durable, so this is damage, never an interrupted start.</exception>
    public static SegmentHeader Load(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[FixedSize + LogFormat.MaxPartitions * sizeof(long)];
        var read = RandomAccess.Read(file, bytes, 0);
        return Parse(bytes.AsSpan(0, read))
            ?? throw new LogCorruptException($"The header of log segment {path} is damaged (offset 0). Restore the file from a copy.");
    }

    private static SegmentHeader? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedSize || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != LogFormat.SegmentMagic)
            return null;
        var sequences = new long[BinaryPrimitives.ReadUInt16LittleEndian(bytes[14..])];
        var length = FixedSize + sequences.Length * sizeof(long);
        if (BinaryPrimitives.ReadUInt16LittleEndian(bytes[12..]) != LogFormat.Version
            || bytes.Length < length
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]) != Crc32C.Of(bytes[CoveredFrom..length]))
            return null;
        for (var p = 0; p < sequences.Length; p++)
            sequences[p] = BinaryPrimitives.ReadInt64LittleEndian(bytes[(FixedSize + p * sizeof(long))..]);
        return new SegmentHeader(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[48..]),
            sequences);
    }
}
