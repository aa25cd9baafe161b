namespace ClickFuncs.Batch.Archive;

/// <summary>
/// A capture file is not what was written: cut short, altered, or no capture file at all. Nothing of it is skipped; restore the file from
/// a copy.
/// </summary>
/// <param name="file">Path or name of the file.</param>
/// <param name="block">Number of the block, from 0; -1 for the header.</param>
/// <param name="offset">Byte of the file where the block begins, or where reading stopped when no block had begun.</param>
/// <param name="problem">What is wrong, without a full stop.</param>
/// <param name="inner">What found it, if it was an exception.</param>
public sealed class ArchiveCorruptException(string file, long block, long offset, string problem, Exception? inner = null)
    : IOException(
        FormattableString.Invariant($"Capture file {file}, {(block < 0 ? "header" : $"block {block}")} at byte {offset}: {problem}. Restore the file from a copy."),
        inner)
{
    /// <summary>Path or name of the file.</summary>
    public string File { get; } = file;

    /// <summary>Number of the block, from 0; -1 for the header.</summary>
    public long Block { get; } = block;

    /// <summary>Byte of the file where the block begins.</summary>
    public long Offset { get; } = offset;

    /// <summary>What is wrong, without file and place.</summary>
    public string Problem { get; } = problem;
}
