using System.Runtime.CompilerServices;

namespace ClickFuncs.Batch.Archive.Avro;

/// <summary>Reads Avro's primitive values from bytes, never beyond their end.</summary>
internal ref struct AvroCursor(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes left.</summary>
    public readonly int Remaining => _bytes.Length - Position;

    /// <summary>Goes on after bytes that somebody else has read.</summary>
    public void Skip(int count) => Position += count;

    /// <summary>An int or a long: zigzag, then seven bits a byte, low bits first.</summary>
    /// <exception cref="AvroFormatException">It does not end within the bytes, or is longer than 64 bits.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ReadLong()
    {
        if ((uint)Position < (uint)_bytes.Length && _bytes[Position] is var first and < 0x80)
        {
            Position++;
            return (first >> 1) ^ -(first & 1);
        }

        return ReadLongerLong();
    }

    /// <summary>An IEEE 754 double, little-endian.</summary>
    /// <exception cref="AvroFormatException">Fewer than eight bytes are left.</exception>
    public double ReadDouble()
    {
        if (Remaining < sizeof(double))
            throw new AvroFormatException("a double runs beyond the end of the block");
        var value = System.Buffers.Binary.BinaryPrimitives.ReadDoubleLittleEndian(_bytes[Position..]);
        Position += sizeof(double);
        return value;
    }

    /// <summary>A string (UTF-8) or bytes: a length, then as many bytes.</summary>
    /// <exception cref="AvroFormatException">The length is negative or larger than what is left.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadLong();
        if ((ulong)length > (ulong)Remaining)
            throw BadLength(length);
        var value = _bytes.Slice(Position, (int)length);
        Position += (int)length;
        return value;
    }

    private long ReadLongerLong()
    {
        var value = 0UL;
        for (var i = 0; i < AvroFormat.MaxVarintBytes; i++)
        {
            if (Position == _bytes.Length)
                throw new AvroFormatException("a number runs beyond the end of the block");
            var b = _bytes[Position++];
            // The tenth byte has room for one bit only.
            if (i == AvroFormat.MaxVarintBytes - 1 && b > 1)
                break;
            value |= (ulong)(b & 0x7F) << (7 * i);
            if (b < 0x80)
                return (long)(value >> 1) ^ -(long)(value & 1);
        }

        throw new AvroFormatException("a number is longer than 64 bits");
    }

    private readonly AvroFormatException BadLength(long length) =>
        new(FormattableString.Invariant($"a text or bytes of length {length} where {Remaining} bytes are left"));
}
