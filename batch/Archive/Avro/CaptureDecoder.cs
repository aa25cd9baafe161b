namespace ClickFuncs.Batch.Archive.Avro;

/// <summary>Decodes the records of a block one after the other, as a schema lays them out.</summary>
internal sealed class CaptureDecoder(CaptureSchema schema)
{
    /// <summary>Fewest bytes a record takes: one for each field.</summary>
    public const int MinRecordBytes = 6;

    private readonly EnqueuedTime _time = new();

    /// <summary>Decodes the record that <paramref name="bytes"/> begin with.</summary>
    /// <param name="bytes">The rest of the block.</param>
    /// <param name="record">The record; points into them.</param>
    /// <returns>Number of bytes it takes.</returns>
    /// <exception cref="AvroFormatException">They are no record.</exception>
    public int Decode(ReadOnlySpan<byte> bytes, out CaptureRecord record)
    {
        var cursor = new AvroCursor(bytes);
        var (sequence, arrivalMs, hasBody) = (0L, default(long?), false);
        ReadOnlySpan<byte> offset = default, time = default, body = default;
        CaptureProperties systemProperties = default, properties = default;
        foreach (var field in schema.Fields)
        {
            switch (field)
            {
                case CaptureField.SequenceNumber:
                    sequence = cursor.ReadLong();
                    break;
                case CaptureField.Offset:
                    offset = cursor.ReadBytes();
                    break;
                case CaptureField.EnqueuedTimeUtc:
                    time = cursor.ReadBytes();
                    break;
                case CaptureField.SystemProperties:
                    systemProperties = ReadMap(bytes, ref cursor, schema.SystemProperties, out arrivalMs);
                    break;
                case CaptureField.Properties:
                    properties = ReadMap(bytes, ref cursor, schema.Properties, out _);
                    break;
                default:
                    body = ReadBody(ref cursor, out hasBody);
                    break;
            }
        }

        record = new CaptureRecord
        {
            SequenceNumber = sequence,
            EnqueuedTimeMs = arrivalMs ?? _time.ToMs(time),
            Body = body,
            HasBody = hasBody,
            Offset = offset,
            EnqueuedTimeUtc = time,
            SystemProperties = systemProperties,
            Properties = properties,
        };
        return cursor.Position;
    }

    // Goes through the map to find its end, and the arrival time on the way.
    private static CaptureProperties ReadMap(ReadOnlySpan<byte> bytes, scoped ref AvroCursor cursor, AvroType[] branches, out long? arrivalMs)
    {
        arrivalMs = null;
        var map = new CaptureProperties(bytes[cursor.Position..], branches);
        var walk = map;
        while (walk.MoveNext())
        {
            if (walk.Current.Type == AvroType.Long && walk.Current.Name.SequenceEqual(EnqueuedTime.Property))
                arrivalMs = walk.Current.Number;
        }

        cursor.Skip(walk.Position);
        return map;
    }

    private ReadOnlySpan<byte> ReadBody(scoped ref AvroCursor cursor, out bool hasBody)
    {
        var branch = cursor.ReadLong();
        if ((ulong)branch >= (ulong)schema.Body.Length)
            throw new AvroFormatException(FormattableString.Invariant($"a body names branch {branch} of a union of {schema.Body.Length}"));
        hasBody = schema.Body[branch] == AvroType.Bytes;
        return hasBody ? cursor.ReadBytes() : default;
    }
}
