using System.Buffers.Binary;

namespace ClickFuncs.Functions.SecondStage;

/// <summary>
/// A record beside the reports of spend that says how far the click log was at a time: what reports cover up to there is fresh as of then.
/// Format 2, the time, then per partition the number that its next record will get; all little-endian.
/// </summary>
/// <param name="AtMs">A time not after the one at which the ends were read, milliseconds since the Unix epoch.</param>
/// <param name="Next">The ends.</param>
public sealed record SpendBeat(long AtMs, long[] Next)
{
    private const byte Format = 2;
    private const int HeaderBytes = 9;

    /// <summary>Whether a record is a beat.</summary>
    public static bool Is(ReadOnlySpan<byte> record) => record.Length >= HeaderBytes && record[0] == Format && (record.Length - HeaderBytes) % 8 == 0;

    /// <summary>Encodes it.</summary>
    public byte[] Encode()
    {
        var record = new byte[HeaderBytes + (Next.Length * 8)];
        record[0] = Format;
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(1), AtMs);
        for (var i = 0; i < Next.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(HeaderBytes + (i * 8)), Next[i]);
        return record;
    }

    /// <summary>Decodes a record for which <see cref="Is"/> is true.</summary>
    public static SpendBeat Decode(ReadOnlySpan<byte> record)
    {
        var next = new long[(record.Length - HeaderBytes) / 8];
        for (var i = 0; i < next.Length; i++)
            next[i] = BinaryPrimitives.ReadInt64LittleEndian(record[(HeaderBytes + (i * 8))..]);
        return new SpendBeat(BinaryPrimitives.ReadInt64LittleEndian(record[1..]), next);
    }
}
