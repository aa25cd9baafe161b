using System.Buffers.Binary;
using ClickFuncs.Local.Storage;

namespace ClickFuncs.Local.State;

/// <summary>
/// What stands before a snapshot in its file, little-endian: magic, format version, partition, sequence number, fencing
/// token and length of what follows. After that comes the CRC-32C of it all.
/// </summary>
internal static class SnapshotHeader
{
    public const int Length = 40;
    public const int TrailerLength = sizeof(uint);
    private const int FormatVersion = 1;

    private static ReadOnlySpan<byte> Magic => "CFSNAP\r\n"u8;

    public static byte[] Write(SnapshotName name, long bodyLength)
    {
        var header = new byte[Length];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), FormatVersion);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), name.Partition);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), name.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(24), name.Token);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(32), bodyLength);
        return header;
    }

    /// <summary>Says what is wrong with a header for a file of this length, or null.</summary>
    public static string? Judge(ReadOnlySpan<byte> header, SnapshotName name, long fileLength)
    {
        if (!header.StartsWith(Magic))
            return "is no snapshot file";
        var version = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        if (version != FormatVersion)
            return $"has format {version}, this version of the program reads {FormatVersion}";
        var length = fileLength - Length - TrailerLength;
        return header.SequenceEqual(Write(name, length)) ? null : "belongs to another partition or position, or was cut off";
    }

    public static byte[] Trailer(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        var trailer = new byte[TrailerLength];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, ~Crc32C.Append(Crc32C.Append(Crc32C.Seed, header), body));
        return trailer;
    }
}
