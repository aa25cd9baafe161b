using System.Buffers.Binary;
using ClickFuncs.Log;

namespace ClickFuncs.Functions.Spool;

/// <summary>The bytes of a file of entries: for each its arrival (8 bytes), length (4) and content, little endian. Storage checks what it stores.</summary>
internal static class SpoolFile
{
    /// <summary>Bytes before an entry's content.</summary>
    public const int HeaderBytes = 12;

    /// <summary>Writes entries.</summary>
    public static byte[] Write(IReadOnlyList<(long ArrivalMs, byte[] Entry)> entries)
    {
        var (content, at) = (new byte[entries.Sum(entry => HeaderBytes + entry.Entry.Length)], 0);
        foreach (var (arrival, entry) in entries)
        {
            BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(at), arrival);
            BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(at + 8), entry.Length);
            entry.CopyTo(content.AsSpan(at + HeaderBytes));
            at += HeaderBytes + entry.Length;
        }

        return content;
    }

    /// <summary>Adds those entries to a batch that come after a number, until about so many bytes are in it.</summary>
    /// <exception cref="LogCorruptException">The bytes are not what the name says.</exception>
    public static void Read(SpoolName name, ReadOnlySpan<byte> content, long after, int maxBytes, RecordBatch batch)
    {
        var at = 0;
        for (var sequence = name.Number; sequence <= name.Last; sequence++)
        {
            var length = content.Length - at >= HeaderBytes ? BinaryPrimitives.ReadInt32LittleEndian(content[(at + 8)..]) : -1;
            if (length < 0 || length > content.Length - at - HeaderBytes)
                throw new LogCorruptException($"Spool file {name} ends within entry {sequence}. Nothing of it was drained or deleted.");
            if (sequence > after && (batch.Count == 0 || batch.ByteCount < maxBytes))
                batch.Add(sequence, BinaryPrimitives.ReadInt64LittleEndian(content[at..]), content.Slice(at + HeaderBytes, length));
            at += HeaderBytes + length;
        }

        if (at != content.Length)
            throw new LogCorruptException($"Spool file {name} has {content.Length - at} bytes behind its last entry. Nothing of it was drained or deleted.");
    }
}
