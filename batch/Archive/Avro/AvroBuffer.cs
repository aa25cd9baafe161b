using System.Buffers;

namespace ClickFuncs.Batch.Archive.Avro;

/// <summary>Avro's primitive values, appended to a buffer that grows.</summary>
internal sealed class AvroBuffer(int capacity)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(capacity);

    /// <summary>Bytes in it.</summary>
    public int Length => _bytes.WrittenCount;

    /// <summary>What is in it; valid until the next append.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    /// <summary>An int or a long: zigzag, then seven bits a byte, low bits first.</summary>
    public void AddLong(long value)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63));
        var target = _bytes.GetSpan(AvroFormat.MaxVarintBytes);
        var count = 0;
        for (; rest >= 0x80; rest >>= 7)
            target[count++] = (byte)(rest | 0x80);
        target[count++] = (byte)rest;
        _bytes.Advance(count);
    }

    /// <summary>A string (UTF-8) or bytes: the length, then the bytes.</summary>
    public void AddBytes(ReadOnlySpan<byte> value)
    {
        AddLong(value.Length);
        AddRaw(value);
    }

    /// <summary>Bytes without their length.</summary>
    public void AddRaw(ReadOnlySpan<byte> value) => _bytes.Write(value);

    /// <summary>Empties it, keeps the memory.</summary>
    public void Clear() => _bytes.ResetWrittenCount();
}
