using System.Buffers;
using System.IO.Compression;

namespace ClickFuncs.Batch.Archive.Avro;

/// <summary>Takes the compression off a block, up to a limit.</summary>
internal static class BlockInflater
{
    /// <summary>Decompresses into a rented buffer, which is given back for a larger one as needed.</summary>
    /// <param name="compressed">Holds raw deflate from its start.</param>
    /// <param name="length">Bytes of it.</param>
    /// <param name="buffer">A buffer of the shared pool.</param>
    /// <param name="maxBytes">Most bytes of the result.</param>
    /// <returns>Bytes of the result.</returns>
    /// <exception cref="AvroFormatException">It is no deflate stream, or its content is longer than the limit.</exception>
    public static int Inflate(byte[] compressed, int length, ref byte[] buffer, int maxBytes)
    {
        try
        {
            using var input = new MemoryStream(compressed, 0, length, writable: false);
            using var inflating = new DeflateStream(input, CompressionMode.Decompress);
            for (var total = 0; ;)
            {
                if (total == buffer.Length)
                    Grow(ref buffer);
                var read = inflating.Read(buffer, total, buffer.Length - total);
                if (read == 0)
                    return total;
                total += read;
                if (total > maxBytes)
                    throw new AvroFormatException(FormattableString.Invariant($"the block is longer than {maxBytes} bytes when decompressed"));
            }
        }
        catch (InvalidDataException failure)
        {
            throw new AvroFormatException($"the block's compressed bytes are damaged ({failure.Message.TrimEnd('.')})");
        }
    }

    private static void Grow(ref byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
