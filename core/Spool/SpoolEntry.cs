using System.Buffers.Binary;
using ClickFuncs.Events;
using ClickFuncs.Log;

namespace ClickFuncs.Spool;

/// <summary>
/// One event in a spool: its record, the fingerprint that names its partition, and whether it may be on the log already. Format 1, little
/// endian: format, doubt (0 or 1), handed over (8 bytes), fingerprint (16 bytes), record.
/// </summary>
public static class SpoolEntry
{
    /// <summary>Bytes in front of the record.</summary>
    public const int HeaderBytes = 26;

    private const byte Format = 1;

    /// <summary>Writes the header; the record stands behind it.</summary>
    /// <param name="entry">At least <see cref="HeaderBytes"/>.</param>
    /// <param name="id">The event's fingerprint.</param>
    /// <param name="handedOverMs">A time not after the one at which the log was given the event, milliseconds since the Unix epoch;
    /// null if it never was.</param>
    public static void WriteHeader(Span<byte> entry, Fingerprint id, long? handedOverMs)
    {
        entry[0] = Format;
        entry[1] = (byte)(handedOverMs.HasValue ? 1 : 0);
        BinaryPrimitives.WriteInt64LittleEndian(entry[2..], handedOverMs ?? 0);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[10..], id.High);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[18..], id.Low);
    }

    /// <summary>Reads an entry.</summary>
    /// <param name="entry">Header and record.</param>
    /// <param name="id">The event's fingerprint.</param>
    /// <param name="handedOverMs">When the log was given the event, null if it never was: then it can't be there.</param>
    /// <returns>The record.</returns>
    /// <exception cref="LogCorruptException">It is no entry of a format that this version knows.</exception>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> entry, out Fingerprint id, out long? handedOverMs)
    {
        if (entry.Length < HeaderBytes || entry[0] != Format || entry[1] > 1)
            throw new LogCorruptException(FormattableString.Invariant(
                $"A spool entry of {entry.Length} bytes is not of format {Format}. Drain the spool with the version that wrote it."));
        handedOverMs = entry[1] == 1 ? BinaryPrimitives.ReadInt64LittleEndian(entry[2..]) : null;
        id = new Fingerprint(BinaryPrimitives.ReadUInt64LittleEndian(entry[10..]), BinaryPrimitives.ReadUInt64LittleEndian(entry[18..]));
        return entry[HeaderBytes..];
    }
}
