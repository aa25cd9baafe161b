using ClickFuncs.Log;
using Microsoft.Win32.SafeHandles;

namespace ClickFuncs.Local.Log;

/// <summary>A segment file as readers see it. Thread-safe.</summary>
internal sealed class Segment(string path, SegmentHeader header, long durableLength) : IDisposable
{
    private readonly Lock _gate = new();
    private SafeFileHandle? _file;
    private SegmentIndex? _index;
    private bool _disposed;
    private long _durableLength = durableLength;

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Its verified header.</summary>
    public SegmentHeader Header => header;

    /// <summary>Bytes that are durable; only the last segment's grows.</summary>
    public long DurableLength
    {
        get => Volatile.Read(ref _durableLength);
        set => Volatile.Write(ref _durableLength, value);
    }

    /// <summary>Name of the segment whose first block is <paramref name="firstBlock"/>; names sort in log order.</summary>
    public static string NameOf(long firstBlock) => FormattableString.Invariant($"{firstBlock:D20}.seg");

    /// <summary>The file open for reading; opened on first use, because most old segments are never read again.</summary>
    /// <exception cref="ObjectDisposedException">Retention has deleted the segment.</exception>
    public SafeFileHandle OpenFile()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _file ??= File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
    }

    /// <summary>Gives the segment the index that was made while it was written or scanned.</summary>
    public void AttachIndex(SegmentIndex index)
    {
        lock (_gate)
            _index = index;
    }

    /// <summary>The index; of a segment that was not written or scanned by this process it is made now, by walking the block headers.</summary>
    /// <exception cref="LogCorruptException">A header is damaged.</exception>
    public SegmentIndex GetIndex()
    {
        var file = OpenFile();
        lock (_gate)
            return _index ??= Walk(file);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _file?.Dispose();
        }
    }

    private SegmentIndex Walk(SafeFileHandle file)
    {
        var index = new SegmentIndex(header);
        var sequences = header.FirstSequences.ToArray();
        var blocks = new BlockReader { ReadAhead = 16 * 1024 };
        blocks.Open(file, path, header);
        for (var at = (long)header.Length; at < DurableLength; at = blocks.NextOffset)
        {
            if (blocks.ReadHead(at, DurableLength) is { } fault)
                throw new LogCorruptException($"Log segment {path} is damaged at offset {at}: {fault}.");
            index.Offer(at, sequences);
            foreach (ref readonly var chunk in blocks.Chunks)
                sequences[chunk.Partition] = chunk.NextSequence;
        }

        return index;
    }
}
