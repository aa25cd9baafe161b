using ClickFuncs.Local.Storage;

namespace ClickFuncs.Local.Log;

/// <summary>Lays a group out as a block: makes head and index, and lists the pieces for one gathering write without copying a record.</summary>
internal sealed class BlockEncoder
{
    private byte[] _head = new byte[4096];

    /// <summary>The pieces to write, in order: head with index, then the chunks.</summary>
    public List<ReadOnlyMemory<byte>> Pieces { get; } = [];

    /// <summary>Bytes of all pieces.</summary>
    public long Length { get; private set; }

    /// <summary>Makes the pieces. They stay valid until the group is cleared or the next call.</summary>
    /// <param name="group">At least one record.</param>
    /// <param name="salt">Random number of the log.</param>
    /// <param name="number">Number of the block.</param>
    /// <param name="arrivalMs">When the log accepted the group, milliseconds since the Unix epoch.</param>
    /// <param name="nextSequences">Next sequence number of each partition; not changed.</param>
    public void Encode(RecordGroup group, uint salt, long number, long arrivalMs, ReadOnlySpan<long> nextSequences)
    {
        var headLength = BlockHeader.Size + group.ChunkCount * ChunkEntry.Size;
        if (_head.Length < headLength)
            _head = new byte[headLength * 2];
        Pieces.Clear();
        Pieces.Add(_head.AsMemory(0, headLength));
        Length = headLength;

        Span<long> sequences = stackalloc long[nextSequences.Length];
        nextSequences.CopyTo(sequences);
        for (var i = 0; i < group.ChunkCount; i++)
        {
            var chunk = group.ChunkAt(i);
            new ChunkEntry(chunk.Partition, chunk.Count, sequences[chunk.Partition], Length, chunk.Length, Crc32C.Of(chunk.Bytes.Span))
                .WriteTo(_head.AsSpan(BlockHeader.Size + i * ChunkEntry.Size));
            sequences[chunk.Partition] += chunk.Count;
            Length += chunk.Length;
            Pieces.Add(chunk.Bytes);
        }

        new BlockHeader(salt, group.ChunkCount, number, Length, arrivalMs, group.Tag).WriteTo(_head.AsSpan(0, headLength));
    }
}
