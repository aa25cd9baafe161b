using System.Buffers.Binary;

namespace ClickFuncs.Local.Log;

/// <summary>Index entry of one chunk, 32 bytes: partition i32, record count i32, first sequence i64, offset i64, length i32, checksum u32.</summary>
/// <param name="Partition">Zero-based partition of all its records.</param>
/// <param name="Count">Number of records, at least 1.</param>
/// <param name="FirstSequence">Sequence number of the first record.</param>
/// <param name="Offset">Where the chunk starts, from the start of its block.</param>
/// <param name="Length">Bytes, record lengths included.</param>
/// <param name="Checksum">CRC-32C of those bytes.</param>
internal readonly record struct ChunkEntry(int Partition, int Count, long FirstSequence, long Offset, int Length, uint Checksum)
{
    /// <summary>Bytes of one entry.</summary>
    public const int Size = 32;

    /// <summary>Sequence number after the last record.</summary>
    public long NextSequence => FirstSequence + Count;

    /// <summary>Writes the entry.</summary>
    public void WriteTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Partition);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], Count);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], FirstSequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Offset);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], Length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[28..], Checksum);
    }

    /// <summary>Reads an entry of an index whose checksum was verified.</summary>
    public static ChunkEntry Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt32LittleEndian(bytes),
        BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
        BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
        BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]));
}
