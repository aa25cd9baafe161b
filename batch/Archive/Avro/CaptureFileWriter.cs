using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace ClickFuncs.Batch.Archive.Avro;

/// <summary>
/// Writes a capture file as Event Hubs Capture does, and puts the exact arrival beside the text that has whole seconds only. Sequence numbers
/// follow each other from the one given; a file without records has one empty block. Not thread-safe; the stream stays the caller's.
/// </summary>
public sealed class CaptureFileWriter
{
    /// <summary>Bytes after which a block is closed: a reader's memory, and what a damaged byte can take with it.</summary>
    private const int BlockBytes = 256 * 1024;

    // Indices into the unions of CaptureSchema.Json.
    private const long LongBranch = 0;
    private const long BytesBranch = 1;

    private const long MapEnd = 0;
    private static readonly byte[] EmptyDeflate = [0x03, 0x00];

    private readonly Stream _stream;
    private readonly AvroCodec _codec;
    private readonly byte[] _sync = RandomNumberGenerator.GetBytes(AvroFormat.SyncBytes);
    private readonly AvroBuffer _block = new(BlockBytes + 4096);
    private readonly AvroBuffer _head = new(1024);
    private readonly EnqueuedTime _time = new();
    private long _blockRecords;
    private bool _hasBlock;
    private long _written;

    private CaptureFileWriter(Stream stream, AvroCodec codec, long firstSequence) =>
        (_stream, _codec, FirstSequence, NextSequence) = (stream, codec, firstSequence, firstSequence);

    /// <summary>Sequence number of the first record.</summary>
    public long FirstSequence { get; }

    /// <summary>Sequence number that the next record must have.</summary>
    public long NextSequence { get; private set; }

    /// <summary>Bytes of the file so far; what is not written yet counts as it is, uncompressed.</summary>
    public long Length => _written + _block.Length;

    /// <summary>Writes the header.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="codec">How blocks are stored.</param>
    /// <param name="firstSequence">Sequence number that the first record will have, or would have.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public static async ValueTask<CaptureFileWriter> CreateAsync(
        Stream stream, AvroCodec codec, long firstSequence, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstSequence);
        var writer = new CaptureFileWriter(stream, codec, firstSequence);
        writer.AddHeader();
        await writer.WriteAsync(writer._head.Written, cancellationToken);
        return writer;
    }

    /// <summary>Adds a record. Call <see cref="WriteFullBlockAsync"/> now and then, or the block grows.</summary>
    /// <param name="sequence">Its sequence number.</param>
    /// <param name="arrivalMs">When the log accepted it, milliseconds since the Unix epoch.</param>
    /// <param name="body">The encoded event.</param>
    /// <exception cref="ArgumentException">The sequence number is not the one that is due.</exception>
    public void Add(long sequence, long arrivalMs, ReadOnlySpan<byte> body)
    {
        if (sequence != NextSequence)
            throw new ArgumentException(FormattableString.Invariant($"Record {sequence} comes where record {NextSequence} is due."), nameof(sequence));
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(sequence, digits, out var length);
        _block.AddLong(sequence);
        // The log has no byte offsets to show; the place is told as well by the number.
        _block.AddBytes(digits[..length]);
        _block.AddBytes(_time.ToText(arrivalMs));
        _block.AddLong(1);
        _block.AddBytes(EnqueuedTime.Property);
        _block.AddLong(LongBranch);
        _block.AddLong(arrivalMs);
        _block.AddLong(MapEnd);
        _block.AddLong(MapEnd);
        _block.AddLong(BytesBranch);
        _block.AddBytes(body);
        _blockRecords++;
        NextSequence++;
    }

    /// <summary>Writes the block if it is full.</summary>
    public ValueTask WriteFullBlockAsync(CancellationToken cancellationToken) =>
        _block.Length < BlockBytes ? ValueTask.CompletedTask : WriteBlockAsync(cancellationToken);

    /// <summary>Writes what is left. The file is complete then; making it durable is the caller's.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        if (_blockRecords > 0 || !_hasBlock)
            await WriteBlockAsync(cancellationToken);
    }

    private void AddHeader()
    {
        _head.AddRaw(AvroFormat.Magic);
        _head.AddLong(3);
        AddMetadata(AvroFormat.CodecKey, _codec == AvroCodec.Null ? "null" : "deflate");
        AddMetadata(AvroFormat.SchemaKey, CaptureSchema.Json);
        AddMetadata(AvroFormat.FirstSequenceKey, FirstSequence.ToString(CultureInfo.InvariantCulture));
        _head.AddLong(MapEnd);
        _head.AddRaw(_sync);
    }

    private void AddMetadata(string key, string value)
    {
        _head.AddBytes(Encoding.UTF8.GetBytes(key));
        _head.AddBytes(Encoding.UTF8.GetBytes(value));
    }

    private async ValueTask WriteBlockAsync(CancellationToken cancellationToken)
    {
        var content = _codec == AvroCodec.Null ? _block.Written : Compress();
        _head.Clear();
        _head.AddLong(_blockRecords);
        _head.AddLong(content.Length);
        await WriteAsync(_head.Written, cancellationToken);
        await WriteAsync(content, cancellationToken);
        await WriteAsync(_sync, cancellationToken);
        _block.Clear();
        (_blockRecords, _hasBlock) = (0, true);
    }

    private ReadOnlyMemory<byte> Compress()
    {
        // .NET compresses nothing to no bytes at all, which is no deflate stream.
        if (_block.Length == 0)
            return EmptyDeflate;
        using var compressed = new MemoryStream(_block.Length / 2);
        using (var deflating = new DeflateStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            deflating.Write(_block.Written.Span);
        return compressed.GetBuffer().AsMemory(0, (int)compressed.Length);
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(bytes, cancellationToken);
        _written += bytes.Length;
    }
}
