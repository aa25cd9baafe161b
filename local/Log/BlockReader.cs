using System.Buffers.Binary;
using ClickFuncs.Local.Storage;
using Microsoft.Win32.SafeHandles;

namespace ClickFuncs.Local.Log;

/// <summary>Reads and verifies blocks of one segment at a time. What is wrong comes back as a sentence, so that the caller decides
/// whether it is a torn tail or damage. Not thread-safe.</summary>
internal sealed class BlockReader
{
    private readonly FileWindow _window = new();
    private ChunkEntry[] _chunks = new ChunkEntry[16];
    private uint _salt;
    private int _partitions;
    private long _end;

    /// <summary>Where the current block starts in the file.</summary>
    public long Offset { get; private set; }

    /// <summary>Where the next block starts.</summary>
    public long NextOffset => Offset + Header.Length;

    /// <summary>Head of the current block.</summary>
    public BlockHeader Header { get; private set; }

    /// <summary>Index of the current block.</summary>
    public ReadOnlySpan<ChunkEntry> Chunks => _chunks.AsSpan(0, Header.ChunkCount);

    /// <summary>Bytes asked from the disk at once beyond what is needed.</summary>
    public int ReadAhead { get; set; } = 64 * 1024;

    /// <summary>Turns to a segment.</summary>
    /// <param name="file">Open for reading.</param>
    /// <param name="path">For messages.</param>
    /// <param name="header">The segment's header.</param>
    public void Open(SafeFileHandle file, string path, SegmentHeader header)
    {
        _window.Open(file, path);
        (_salt, _partitions) = (header.Salt, header.PartitionCount);
    }

    /// <summary>Reads the block head at <paramref name="offset"/>; null when it is good, else what is wrong. Chunks are not verified yet.</summary>
    /// <param name="offset">Place in the file.</param>
    /// <param name="end">Where the segment ends.</param>
    public string? ReadHead(long offset, long end)
    {
        (Offset, _end) = (offset, end);
        if (ReadSealedHead(offset) is { } fault)
            return fault;
        return Header.Length > end - offset ? "the file ends inside the block" : null;
    }

    /// <summary>Offset of the first good block head after <paramref name="offset"/> with a number above <paramref name="number"/>; null if there is none.</summary>
    public long? FindHeadAfter(long offset, long end, long number)
    {
        const int Step = 1 << 20;
        _end = end;
        Span<byte> magic = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(magic, LogFormat.BlockMagic);
        for (var at = offset + 1; at + BlockHeader.Size <= end;)
        {
            var length = (int)Math.Min(Step, end - at);
            var found = _window.Get(at, length, end, length).IndexOf(magic);
            if (found < 0)
            {
                at += Math.Max(1, length - (sizeof(ulong) - 1));
                continue;
            }

            at += found;
            if (ReadSealedHead(at) is null && Header.Number > number)
                return at;
            at++;
        }

        return null;
    }

    /// <summary>Whether there is nothing but zeros from <paramref name="offset"/> to <paramref name="end"/>.</summary>
    public bool IsZeroFrom(long offset, long end)
    {
        const int Step = 1 << 20;
        for (var at = offset; at < end; at += Step)
        {
            var length = (int)Math.Min(Step, end - at);
            if (_window.Get(at, length, end, length).ContainsAnyExcept((byte)0))
                return false;
        }

        return true;
    }

    /// <summary>Asks the disk again for what was read already.</summary>
    public void Forget() => _window.Forget();

    /// <summary>The bytes of a chunk of the current block, unverified. Valid until the next call on this reader.</summary>
    public ReadOnlySpan<byte> GetChunk(in ChunkEntry chunk) => _window.Get(Offset + chunk.Offset, chunk.Length, _end, ReadAhead);

    /// <summary>Verifies every chunk of the current block; null when all are good, else what is wrong.</summary>
    public string? VerifyChunks()
    {
        foreach (ref readonly var chunk in Chunks)
        {
            if (Crc32C.Of(GetChunk(chunk)) != chunk.Checksum)
                return $"the checksum of the records of partition {chunk.Partition} at offset {Offset + chunk.Offset} does not match";
        }

        return null;
    }

    private string? ReadSealedHead(long offset)
    {
        if (_end - offset < BlockHeader.Size)
            return "the file ends inside a block header";
        var fixedPart = _window.Get(offset, BlockHeader.Size, _end, ReadAhead);
        if (!BlockHeader.HasMagic(fixedPart))
            return "there is no block header of this version";
        var header = BlockHeader.Read(fixedPart);
        if (header.Salt != _salt || header.ChunkCount is < 1 or > LogFormat.MaxChunks || header.HeadLength > _end - offset)
            return "the block header is not plausible";
        var head = _window.Get(offset, header.HeadLength, _end, ReadAhead);
        if (!BlockHeader.HasValidChecksum(head))
            return "the checksum of the block header does not match";
        Header = header;
        return ReadIndex(head[BlockHeader.Size..]);
    }

    private string? ReadIndex(ReadOnlySpan<byte> index)
    {
        if (_chunks.Length < Header.ChunkCount)
            Array.Resize(ref _chunks, Math.Max(Header.ChunkCount, _chunks.Length * 2));
        var expected = (long)Header.HeadLength;
        for (var i = 0; i < Header.ChunkCount; i++)
        {
            var chunk = ChunkEntry.Read(index[(i * ChunkEntry.Size)..]);
            if (chunk.Offset != expected || chunk.Length < 1 || chunk.Count < 1 || (uint)chunk.Partition >= (uint)_partitions)
                return "the block index contradicts itself";
            expected += chunk.Length;
            _chunks[i] = chunk;
        }

        return expected == Header.Length ? null : "the block index contradicts itself";
    }
}
