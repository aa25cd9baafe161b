using System.Globalization;
using System.Text;

namespace ClickFuncs.Batch.Archive.Avro;

/// <summary>What stands in front of the blocks.</summary>
/// <param name="Codec">How blocks are stored.</param>
/// <param name="Schema">How records are laid out.</param>
/// <param name="Sync">The marker that ends every block.</param>
/// <param name="FirstSequence">Sequence number of the first record, or the one it would have; null in files of other writers.</param>
internal sealed record AvroHeader(AvroCodec Codec, CaptureSchema Schema, byte[] Sync, long? FirstSequence)
{
    /// <summary>Reads the header.</summary>
    /// <exception cref="AvroFormatException">It is none, or one this reader can't follow.</exception>
    public static async ValueTask<AvroHeader> ReadAsync(AvroSource source, CancellationToken cancellationToken)
    {
        var magic = new byte[AvroFormat.Magic.Length];
        await source.ReadExactlyAsync(magic, cancellationToken);
        if (!AvroFormat.Magic.SequenceEqual(magic))
            throw new AvroFormatException("it does not begin with Avro's magic bytes, so it is no Avro file");
        var metadata = await ReadMetadataAsync(source, cancellationToken);
        var sync = new byte[AvroFormat.SyncBytes];
        await source.ReadExactlyAsync(sync, cancellationToken);
        if (!metadata.TryGetValue(AvroFormat.SchemaKey, out var schema))
            throw new AvroFormatException("the header has no avro.schema");
        return new AvroHeader(CodecOf(metadata), CaptureSchema.Parse(schema), sync, FirstSequenceOf(metadata));
    }

    private static AvroCodec CodecOf(Dictionary<string, byte[]> metadata)
    {
        var name = metadata.TryGetValue(AvroFormat.CodecKey, out var value) ? Encoding.UTF8.GetString(value) : "null";
        return name switch
        {
            "null" => AvroCodec.Null,
            "deflate" => AvroCodec.Deflate,
            _ => throw new AvroFormatException($"the codec is '{name}'; only 'null' and 'deflate' are read"),
        };
    }

    private static long? FirstSequenceOf(Dictionary<string, byte[]> metadata)
    {
        if (!metadata.TryGetValue(AvroFormat.FirstSequenceKey, out var value))
            return null;
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? sequence
            : throw new AvroFormatException($"the header's {AvroFormat.FirstSequenceKey} is no sequence number");
    }

    private static async ValueTask<Dictionary<string, byte[]>> ReadMetadataAsync(AvroSource source, CancellationToken cancellationToken)
    {
        var (metadata, end) = (new Dictionary<string, byte[]>(StringComparer.Ordinal), source.Position + AvroFormat.MaxHeaderBytes);
        while (await source.ReadLongAsync(cancellationToken) is var count and not 0)
        {
            // A negative count is followed by the byte size of the entries, for those who want to leave them out.
            if (count < 0)
                _ = await source.ReadLongAsync(cancellationToken);
            for (var left = unchecked((ulong)(count < 0 ? -count : count)); left > 0; left--)
            {
                var key = Encoding.UTF8.GetString(await ReadBytesAsync(source, end, cancellationToken));
                if (!metadata.TryAdd(key, await ReadBytesAsync(source, end, cancellationToken)))
                    throw new AvroFormatException($"the header has the key '{key}' twice");
            }
        }

        return metadata;
    }

    private static async ValueTask<byte[]> ReadBytesAsync(AvroSource source, long end, CancellationToken cancellationToken)
    {
        var length = await source.ReadLongAsync(cancellationToken);
        if (length < 0 || length > end - source.Position)
            throw new AvroFormatException(FormattableString.Invariant($"the header has a text of {length} bytes; more than {AvroFormat.MaxHeaderBytes} in all are not read"));
        var value = new byte[length];
        await source.ReadExactlyAsync(value, cancellationToken);
        return value;
    }
}
