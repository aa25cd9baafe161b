namespace ClickFuncs.Local.Log;

/// <summary>The records of one group commit, kept as chunks ready to be written. Reused; not thread-safe.</summary>
/// <param name="partitionCount">Number of partitions of the log.</param>
/// <param name="keepChunks">Chunk buffers kept for the next use; what a burst needed beyond goes back to the collector.</param>
internal sealed class RecordGroup(int partitionCount, int keepChunks)
{
    private readonly List<ChunkBuffer> _chunks = [];
    private readonly ChunkBuffer?[] _open = new ChunkBuffer?[partitionCount];
    private readonly int[] _counts = new int[partitionCount];

    /// <summary>Number of chunks in use.</summary>
    public int ChunkCount { get; private set; }

    /// <summary>Number of records.</summary>
    public int RecordCount { get; private set; }

    /// <summary>Bytes of the chunks.</summary>
    public long ByteCount { get; private set; }

    /// <summary>Written with the records.</summary>
    public ProducerTag? Tag { get; set; }

    /// <summary>The chunks in use, in the order they will lie on disk.</summary>
    public ChunkBuffer ChunkAt(int index) => _chunks[index];

    /// <summary>Records of one partition.</summary>
    public int CountOf(int partition) => _counts[partition];

    /// <summary>Copies a record in and returns how many of its partition lie before it in the group.</summary>
    /// <exception cref="InvalidOperationException">The group would be larger than one block may be.</exception>
    public int Add(int partition, ReadOnlySpan<byte> record)
    {
        if (ByteCount + record.Length + LogFormat.RecordPrefix > LogFormat.MaxGroupBytes)
            throw new InvalidOperationException($"A group of records can't exceed {LogFormat.MaxGroupBytes} bytes; append it and begin the next.");
        var chunk = _open[partition];
        if (chunk is null || !chunk.TryAdd(record))
        {
            chunk = NextChunk();
            chunk.Start(partition, record.Length);
            chunk.TryAdd(record);
            _open[partition] = chunk;
        }

        ByteCount += record.Length + LogFormat.RecordPrefix;
        RecordCount++;
        return _counts[partition]++;
    }

    /// <summary>Forgets the records, keeps the usual memory.</summary>
    public void Clear()
    {
        if (_chunks.Count > keepChunks)
            _chunks.RemoveRange(keepChunks, _chunks.Count - keepChunks);
        for (var i = 0; i < Math.Min(ChunkCount, _chunks.Count); i++)
            _chunks[i].Trim();
        Array.Clear(_open);
        Array.Clear(_counts);
        (ChunkCount, RecordCount, ByteCount, Tag) = (0, 0, 0, null);
    }

    private ChunkBuffer NextChunk()
    {
        if (ChunkCount == _chunks.Count)
            _chunks.Add(new ChunkBuffer());
        return _chunks[ChunkCount++];
    }
}
