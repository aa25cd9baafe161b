namespace ClickFuncs.Local.Load;

/// <summary>Reads one response at a time from what a connection receives, and knows when it is there to its last byte.</summary>
internal sealed class ResponseReader
{
    private readonly byte[] _buffer = new byte[8192];
    private int _filled;
    private bool _inBody;
    private long _bodyLeft;
    private ChunkedBody _chunks;
    private ResponseHead _head;

    /// <summary>Where the next bytes go; never empty.</summary>
    public Span<byte> Free => _buffer.AsSpan(_filled);

    /// <summary>Status of the response, once its head has been read.</summary>
    public int Status => _head.Status;

    /// <summary>The server closes the connection after this response.</summary>
    public bool Closes => _head.Closes;

    /// <summary>Forgets the last response.</summary>
    public void Reset()
    {
        _filled = 0;
        _inBody = false;
        _head = default;
    }

    /// <summary>Takes bytes that were put into <see cref="Free"/>.</summary>
    /// <returns>Whether the response is complete.</returns>
    /// <exception cref="FormatException">It is no HTTP/1.1 response, or bytes follow that nobody asked for.</exception>
    public bool Take(int count)
    {
        _filled += count;
        if (_inBody)
            return TakeBody(_buffer.AsSpan(0, _filled));
        if (!ResponseHead.TryParse(_buffer.AsSpan(0, _filled), out _head))
            return _filled < _buffer.Length ? false : throw new FormatException("The head of the response exceeds 8 KiB.");
        _inBody = true;
        _bodyLeft = _head.BodyLength;
        _chunks = default;
        return TakeBody(_buffer.AsSpan(_head.Length, _filled - _head.Length));
    }

    /// <summary>Whether the connection's end is the response's end too.</summary>
    public bool EndsWithConnection => _inBody && !_head.IsChunked && _head.BodyLength < 0;

    private bool TakeBody(ReadOnlySpan<byte> bytes)
    {
        // The content is of no interest: its bytes make room for the next at once.
        _filled = 0;
        if (EndsWithConnection)
            return false;
        var taken = _head.IsChunked ? _chunks.Take(bytes) : TakeCounted(bytes);
        if (taken < bytes.Length)
            throw new FormatException("Bytes follow the response that nobody asked for.");
        return _head.IsChunked ? _chunks.IsComplete : _bodyLeft == 0;
    }

    private int TakeCounted(ReadOnlySpan<byte> bytes)
    {
        var taken = (int)Math.Min(_bodyLeft, bytes.Length);
        _bodyLeft -= taken;
        return taken;
    }
}
