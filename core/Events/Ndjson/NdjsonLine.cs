namespace ClickFuncs.Events.Ndjson;

/// <summary>One line of a file.</summary>
public readonly ref struct NdjsonLine
{
    internal NdjsonLine(ReadOnlySpan<byte> bytes, long endOffset, bool isOversized)
    {
        Bytes = bytes;
        EndOffset = endOffset;
        IsOversized = isOversized;
    }

    /// <summary>The line without its end, never empty; the first <see cref="NdjsonLineReader.MaxLineBytes"/> bytes of an
    /// oversized one. Valid until the reader's next call.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Offset in the file of what follows the line: where to resume after it.</summary>
    public long EndOffset { get; }

    /// <summary>It was longer than <see cref="NdjsonLineReader.MaxLineBytes"/>; the rest is skipped.</summary>
    public bool IsOversized { get; }
}
