namespace ClickFuncs.Batch.Archive.Avro;

/// <summary>The bytes of a container from its start to its end, with a small buffer in front of the stream.</summary>
internal sealed class AvroSource(Stream stream)
{
    private const string Truncated = "the file ends in the middle";
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>Bytes taken so far.</summary>
    public long Position { get; private set; }

    /// <summary>Whether nothing follows.</summary>
    public async ValueTask<bool> IsAtEndAsync(CancellationToken cancellationToken) => await FillAsync(1, cancellationToken) == 0;

    /// <summary>A varint.</summary>
    /// <exception cref="AvroFormatException">It is cut off, or no varint.</exception>
    public async ValueTask<long> ReadLongAsync(CancellationToken cancellationToken)
    {
        if (_end - _start < AvroFormat.MaxVarintBytes && await FillAsync(AvroFormat.MaxVarintBytes, cancellationToken) == 0)
            throw new AvroFormatException(Truncated);
        var cursor = new AvroCursor(_buffer.AsSpan(_start, _end - _start));
        var value = cursor.ReadLong();
        Take(cursor.Position);
        return value;
    }

    /// <summary>Fills <paramref name="target"/>.</summary>
    /// <exception cref="AvroFormatException">The file ends before.</exception>
    public async ValueTask ReadExactlyAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        var buffered = Math.Min(target.Length, _end - _start);
        _buffer.AsSpan(_start, buffered).CopyTo(target.Span);
        Take(buffered);
        var rest = target[buffered..];
        var read = await stream.ReadAtLeastAsync(rest, rest.Length, throwOnEndOfStream: false, cancellationToken);
        Position += read;
        if (read < rest.Length)
            throw new AvroFormatException(Truncated);
    }

    private void Take(int count)
    {
        _start += count;
        Position += count;
    }

    /// <summary>Tries to have <paramref name="wanted"/> bytes in the buffer; fewer only at the end of the file.</summary>
    private async ValueTask<int> FillAsync(int wanted, CancellationToken cancellationToken)
    {
        if (_end - _start >= wanted)
            return _end - _start;
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        _end += await stream.ReadAtLeastAsync(_buffer.AsMemory(_end), wanted - _end, throwOnEndOfStream: false, cancellationToken);
        return _end;
    }
}
