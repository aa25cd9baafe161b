using System.Buffers;

namespace ClickFuncs.Events.Ndjson;

/// <summary>
/// Splits a stream into lines in one pooled buffer. Lines end with LF or CRLF, the last one also without; empty ones and
/// a byte order mark at the start of the file are passed over. Memory does not grow with the length of a line. Use:
/// <code>while (await lines.FillAsync(token)) while (lines.TryRead(out var line)) ...</code>
/// Not thread-safe.
/// </summary>
public sealed class NdjsonLineReader : IDisposable
{
    /// <summary>Longest line that is given whole, in bytes. A refused line fits a log record together with its reason.</summary>
    public const int MaxLineBytes = EventLimits.MaxEventBytes - 1024;

    // Large reads cost fewer system calls; a megabyte still stays in the second-level cache of common machines.
    private const int BufferBytes = 1 << 20;

    // A byte order mark and a carriage return do not count as part of the line.
    private const int KeptBytes = MaxLineBytes + 4;

    private readonly Stream _stream;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int _start;
    private int _searched;
    private int _end;
    private long _dropped;
    private long _offset;
    private bool _ended;

    /// <summary>Reads from where the stream stands; the caller keeps and closes the stream.</summary>
    /// <param name="stream">The lines.</param>
    /// <param name="offset">Offset in the file where the stream stands, a start of a line; not 0 when resuming.</param>
    public NdjsonLineReader(Stream stream, long offset = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        _stream = stream;
        _offset = offset;
    }

    /// <summary>Reads more into the buffer; call it when <see cref="TryRead"/> has no line left. False at the end.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_buffer.Length == 0, this);
        if (_ended)
            return false;
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _searched, _end) = (0, _searched - _start, _end - _start);
        var read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        _ended = read == 0;
        return _end > 0;
    }

    /// <summary>The next line that is not empty. False when the buffer holds no whole line any more.</summary>
    public bool TryRead(out NdjsonLine line)
    {
        line = default;
        while (line.Bytes.IsEmpty)
        {
            var length = _buffer.AsSpan(_searched.._end).IndexOf((byte)'\n');
            if (length < 0 && (!_ended || _start == _end))
            {
                DropExcess();
                return false;
            }

            var end = length < 0 ? _end : _searched + length;
            var next = length < 0 ? _end : end + 1;
            line = Take(end, next);
        }

        return true;
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        (_start, _searched, _end, _ended) = (0, 0, 0, true);
    }

    private NdjsonLine Take(int end, int next)
    {
        var bytes = _buffer.AsSpan(_start..end);
        if (_offset == 0 && bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        if (_dropped == 0 && bytes.EndsWith("\r"u8))
            bytes = bytes[..^1];
        _offset += next - _start + _dropped;
        var oversized = bytes.Length > MaxLineBytes;
        (_start, _searched, _dropped) = (next, next, 0);
        return new NdjsonLine(oversized ? bytes[..MaxLineBytes] : bytes, _offset, oversized);
    }

    // A line without an end in sight keeps only its first bytes, so that there is always room to read on.
    private void DropExcess()
    {
        var excess = _end - _start - KeptBytes;
        if (excess > 0)
        {
            _dropped += excess;
            _end -= excess;
        }

        _searched = _end;
    }
}
