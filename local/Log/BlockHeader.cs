using System.Buffers.Binary;
using ClickFuncs.Local.Storage;

namespace ClickFuncs.Local.Log;

/// <summary>
/// Head of a block, 72 bytes: magic u64, checksum u32, version u16, flags u16, salt u32, chunk count u32, block number i64,
/// length i64, arrival i64, producer run 16 bytes, producer offset i64. The checksum covers everything after itself up to the
/// end of the chunk index.
/// </summary>
/// <param name="Salt">Random number of this log. A record can't know it, so none can pass for a block.</param>
/// <param name="ChunkCount">Entries in the index that follows.</param>
/// <param name="Number">Contiguous over the whole log, from 0.</param>
/// <param name="Length">Bytes of the whole block, this header included.</param>
/// <param name="ArrivalMs">When the log accepted the records, milliseconds since the Unix epoch; never less than the block before.</param>
/// <param name="Tag">The producer's mark, if it left one.</param>
internal readonly record struct BlockHeader(uint Salt, int ChunkCount, long Number, long Length, long ArrivalMs, ProducerTag? Tag)
{
    /// <summary>Bytes without the index.</summary>
    public const int Size = 72;

    private const int ChecksumAt = 8;
    private const int CoveredFrom = 12;
    private const ushort HasTag = 1;

    /// <summary>Bytes of header and index together.</summary>
    public int HeadLength => Size + ChunkCount * ChunkEntry.Size;

    /// <summary>Writes the header in front of an index that is already there, and seals both with the checksum.</summary>
    /// <param name="head">Header and index: <see cref="HeadLength"/> bytes.</param>
    public void WriteTo(Span<byte> head)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(head, LogFormat.BlockMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(head[12..], LogFormat.Version);
        BinaryPrimitives.WriteUInt16LittleEndian(head[14..], Tag is null ? (ushort)0 : HasTag);
        BinaryPrimitives.WriteUInt32LittleEndian(head[16..], Salt);
        BinaryPrimitives.WriteInt32LittleEndian(head[20..], ChunkCount);
        BinaryPrimitives.WriteInt64LittleEndian(head[24..], Number);
        BinaryPrimitives.WriteInt64LittleEndian(head[32..], Length);
        BinaryPrimitives.WriteInt64LittleEndian(head[40..], ArrivalMs);
        var tag = Tag.GetValueOrDefault();
        tag.RunId.TryWriteBytes(head[48..]);
        BinaryPrimitives.WriteInt64LittleEndian(head[64..], tag.Offset);
        BinaryPrimitives.WriteUInt32LittleEndian(head[ChecksumAt..], Crc32C.Of(head[CoveredFrom..HeadLength]));
    }

    /// <summary>Reads the fields without judging them; <see cref="HasValidChecksum"/> judges.</summary>
    public static BlockHeader Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]),
        BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
        (BinaryPrimitives.ReadUInt16LittleEndian(bytes[14..]) & HasTag) == 0
            ? null
            : new ProducerTag(new Guid(bytes.Slice(48, 16)), BinaryPrimitives.ReadInt64LittleEndian(bytes[64..])));

    /// <summary>Whether the bytes start a block of a version that this code reads.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt64LittleEndian(bytes) == LogFormat.BlockMagic
        && BinaryPrimitives.ReadUInt16LittleEndian(bytes[12..]) == LogFormat.Version;

    /// <summary>Whether header and index are as they were written.</summary>
    public static bool HasValidChecksum(ReadOnlySpan<byte> head) =>
        BinaryPrimitives.ReadUInt32LittleEndian(head[ChecksumAt..]) == Crc32C.Of(head[CoveredFrom..]);
}
