namespace ClickFuncs.Local.Load;

/// <summary>Finds the end of a chunked body (RFC 9112, section 7.1), fed piece by piece; the content is thrown away.</summary>
internal struct ChunkedBody
{
    private Step _step;
    private long _left;
    private int _lineLength;

    private enum Step
    {
        Size,
        Extension,
        Data,
        DataEnd,
        Trailer,
        Done,
    }

    /// <summary>Whether the last chunk and its trailer have been read.</summary>
    public readonly bool IsComplete => _step == Step.Done;

    /// <summary>Takes the next bytes.</summary>
    /// <returns>How many belong to the body: fewer than given only when it is complete.</returns>
    /// <exception cref="FormatException">A chunk's size is no hexadecimal number.</exception>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && _step != Step.Done)
        {
            if (_step == Step.Data)
            {
                var skipped = (int)Math.Min(_left, bytes.Length - at);
                at += skipped;
                _left -= skipped;
                if (_left == 0)
                    _step = Step.DataEnd;
                continue;
            }

            TakeFraming(bytes[at++]);
        }

        return at;
    }

    private void TakeFraming(byte next)
    {
        if (next == '\n')
            EndLine();
        else if (next == ';' && _step == Step.Size)
            _step = Step.Extension;
        else if (next != '\r' && _step == Step.Size)
            _left = (_left << 4) | (uint)HexDigit(next);
        else if (next != '\r')
            _lineLength++;
    }

    private void EndLine()
    {
        _step = _step switch
        {
            Step.Size or Step.Extension => _left > 0 ? Step.Data : Step.Trailer,
            Step.Trailer when _lineLength == 0 => Step.Done,
            Step.Trailer => Step.Trailer,
            _ => Step.Size,
        };
        _lineLength = 0;
    }

    private readonly int HexDigit(byte digit) =>
        char.IsAsciiHexDigit((char)digit) && _left < 1L << 32
            ? (digit & 0xf) + (digit > (byte)'9' ? 9 : 0)
            : throw new FormatException("Not the size of a chunk.");
}
