using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ClickFuncs.Velocity;

/// <summary>
/// Messages as records of the second-stage log: format, partition, part, version, then 16 bytes per signal; all little-endian.
/// </summary>
public static class SignalCodec
{
    private const byte Format = 1;
    private const int HeaderBytes = 17;

    // Half of the longest record a log takes.
    private const int SignalsPerRecord = 32_000;

    /// <summary>Encodes a commit's signals, in several records if they are many.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Encode(SignalMessage message)
    {
        for (var part = 0; part * SignalsPerRecord < message.Signals.Length; part++)
        {
            var from = part * SignalsPerRecord;
            var signals = message.Signals.Slice(from, Math.Min(SignalsPerRecord, message.Signals.Length - from));
            var record = new byte[HeaderBytes + (signals.Length * 16)];
            record[0] = Format;
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(1), message.Partition);
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(5), part);
            BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(9), message.Version);
            MemoryMarshal.AsBytes(signals.Span).CopyTo(record.AsSpan(HeaderBytes));
            yield return record;
        }
    }

    /// <summary>Decodes a record.</summary>
    /// <exception cref="InvalidDataException">It is no message, or one of a newer format.</exception>
    public static SignalMessage Decode(ReadOnlySpan<byte> record)
    {
        if (record.Length < HeaderBytes || record[0] != Format || (record.Length - HeaderBytes) % 16 != 0)
            throw new InvalidDataException("A message of click signals has a format that this version doesn't read.");
        return new SignalMessage(
            BinaryPrimitives.ReadInt32LittleEndian(record[1..]), BinaryPrimitives.ReadInt64LittleEndian(record[9..]),
            BinaryPrimitives.ReadInt32LittleEndian(record[5..]), MemoryMarshal.Cast<byte, ClickSignal>(record[HeaderBytes..]).ToArray());
    }
}
