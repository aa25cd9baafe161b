using System.Buffers;

namespace ClickFuncs.Batch.Archive.Avro;

/// <summary>
/// Reads a capture file from start to end: <see cref="ReadBlockAsync"/> while there are blocks, and for each of them
/// <see cref="TryRead"/> while there are records. Memory is that of the largest block, nothing is allocated per record. What is
/// not as it was written is an <see cref="ArchiveCorruptException"/>, never skipped; only a file cut off exactly between two blocks
/// can't be told from a shorter one, so whoever reads several files checks that their sequence numbers join up. Not thread-safe.
/// </summary>
public sealed class CaptureFileReader : IAsyncDisposable
{
    /// <summary>Most bytes of one block, stored or decompressed: 64 MiB. Writers make blocks of some kilobytes.</summary>
    public const int MaxBlockBytes = 64 << 20;

    /// <summary>A claimed length is believed by and by, as bytes come, not all at once.</summary>
    private const int FirstRead = 256 * 1024;

    private readonly Stream _stream;
    private readonly AvroSource _source;
    private readonly string _file;
    private readonly int _maxBlockBytes;
    private AvroHeader? _header;
    private CaptureDecoder? _decoder;
    private byte[] _stored = ArrayPool<byte>.Shared.Rent(FirstRead);
    private byte[] _inflated = ArrayPool<byte>.Shared.Rent(FirstRead);
    private int _length;
    private int _at;
    private long _left;
    private long _block = -1;
    private long _blockOffset;

    private CaptureFileReader(Stream stream, string file, int maxBlockBytes) =>
        (_stream, _source, _file, _maxBlockBytes) = (stream, new AvroSource(stream), file, maxBlockBytes);

    /// <summary>How the file's blocks are stored.</summary>
    public AvroCodec Codec => _header!.Codec;

    /// <summary>
    /// Sequence number that the first record has, or would have if the file is empty; null in a file of another writer, which does not
    /// say.
    /// </summary>
    public long? FirstSequence => _header!.FirstSequence;

    /// <summary>Reads the header.</summary>
    /// <param name="stream">The file from its start; the reader disposes it.</param>
    /// <param name="file">What errors call it.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <param name="maxBlockBytes">Most bytes of one block.</param>
    /// <exception cref="ArchiveCorruptException">It is no capture file that can be read.</exception>
    public static async ValueTask<CaptureFileReader> OpenAsync(
        Stream stream, string file, CancellationToken cancellationToken, int maxBlockBytes = MaxBlockBytes)
    {
        var reader = new CaptureFileReader(stream, file, maxBlockBytes);
        try
        {
            reader._header = await AvroHeader.ReadAsync(reader._source, cancellationToken);
            reader._decoder = new CaptureDecoder(reader._header.Schema);
            return reader;
        }
        catch (AvroFormatException failure)
        {
            var corrupt = reader.Corrupt(failure.Message, failure);
            await reader.DisposeAsync();
            throw corrupt;
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    /// <summary>Goes to the next block; records of the block before that were not read are left out. False at the end of the file.</summary>
    /// <exception cref="ArchiveCorruptException">The block is cut off, too large, or its sync marker is wrong.</exception>
    public async ValueTask<bool> ReadBlockAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await BeginBlockAsync(cancellationToken))
                return false;
            var size = await ReadSizeAsync(cancellationToken);
            await ReadStoredAsync(size, cancellationToken);
            await RequireSyncAsync(cancellationToken);
            _length = Codec == AvroCodec.Null ? size : BlockInflater.Inflate(_stored, size, ref _inflated, _maxBlockBytes);
            if (_left > _length / CaptureDecoder.MinRecordBytes || (_left == 0 && _length > 0))
                throw new AvroFormatException(FormattableString.Invariant($"the block says it holds {_left} records in {_length} bytes"));
            return true;
        }
        catch (AvroFormatException failure)
        {
            throw Corrupt(failure.Message, failure);
        }
    }

    /// <summary>Reads the next record of the block; false when there is none left.</summary>
    /// <param name="record">The record; valid until the next call.</param>
    /// <exception cref="ArchiveCorruptException">The bytes are no record, or the block has more of them than records.</exception>
    public bool TryRead(out CaptureRecord record)
    {
        if (_left == 0)
        {
            record = default;
            return false;
        }

        try
        {
            var block = Codec == AvroCodec.Null ? _stored : _inflated;
            _at += _decoder!.Decode(block.AsSpan(_at, _length - _at), out record);
            if (--_left == 0 && _at != _length)
                throw new AvroFormatException(FormattableString.Invariant($"{_length - _at} bytes follow the block's last record"));
            return true;
        }
        catch (AvroFormatException failure)
        {
            throw Corrupt(failure.Message, failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        ArrayPool<byte>.Shared.Return(_stored);
        ArrayPool<byte>.Shared.Return(_inflated);
        (_stored, _inflated, _left) = ([], [], 0);
        await _stream.DisposeAsync();
    }

    private async ValueTask<bool> BeginBlockAsync(CancellationToken cancellationToken)
    {
        (_left, _length, _at, _blockOffset) = (0, 0, 0, _source.Position);
        if (await _source.IsAtEndAsync(cancellationToken))
            return false;
        _block++;
        _left = await _source.ReadLongAsync(cancellationToken);
        return _left >= 0 ? true : throw new AvroFormatException(FormattableString.Invariant($"the block says it holds {_left} records"));
    }

    private async ValueTask<int> ReadSizeAsync(CancellationToken cancellationToken)
    {
        var size = await _source.ReadLongAsync(cancellationToken);
        return size >= 0 && size <= _maxBlockBytes
            ? (int)size
            : throw new AvroFormatException(FormattableString.Invariant($"the block says it is {size} bytes long; {_maxBlockBytes} are the most that is read"));
    }

    private async ValueTask ReadStoredAsync(int size, CancellationToken cancellationToken)
    {
        for (var have = 0; have < size;)
        {
            if (have == _stored.Length)
                Grow();
            var next = Math.Min(size, _stored.Length) - have;
            await _source.ReadExactlyAsync(_stored.AsMemory(have, next), cancellationToken);
            have += next;
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_stored.Length * 2);
        _stored.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_stored);
        _stored = larger;
    }

    private async ValueTask RequireSyncAsync(CancellationToken cancellationToken)
    {
        var sync = new byte[AvroFormat.SyncBytes];
        await _source.ReadExactlyAsync(sync, cancellationToken);
        if (!sync.AsSpan().SequenceEqual(_header!.Sync))
            throw new AvroFormatException("the sync marker after the block is not the file's");
    }

    /// <summary>An error at the block that is being read; no more records come from it.</summary>
    internal ArchiveCorruptException Corrupt(string problem, Exception? inner = null)
    {
        _left = 0;
        return new ArchiveCorruptException(_file, _block, _block < 0 ? _source.Position : _blockOffset, problem, inner);
    }
}
