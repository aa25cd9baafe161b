namespace ClickFuncs.Local.Log;

/// <summary>
/// Walks a segment block by block and verifies everything: headers, chunks, block numbers, arrival order and that sequence
/// numbers are contiguous. Used at start on the last segment, and by the verifier on all.
/// </summary>
internal sealed class SegmentScan
{
    private readonly BlockReader _blocks = new() { ReadAhead = 1 << 20 };
    private readonly long _end;

    /// <summary>Scans <paramref name="segment"/> up to <paramref name="end"/> bytes.</summary>
    public SegmentScan(Segment segment, long end)
    {
        _end = end;
        _blocks.Open(segment.OpenFile(), segment.Path, segment.Header);
        Index = new SegmentIndex(segment.Header);
        Offset = segment.Header.Length;
        NextBlock = segment.Header.FirstBlock;
        ArrivalMs = segment.Header.ArrivalFloorMs;
        Sequences = segment.Header.FirstSequences.ToArray();
    }

    /// <summary>Where the next block starts; after a fault, where the bad one starts.</summary>
    public long Offset { get; private set; }

    /// <summary>Number the next block must have.</summary>
    public long NextBlock { get; private set; }

    /// <summary>Arrival of the last good block.</summary>
    public long ArrivalMs { get; private set; }

    /// <summary>Next sequence number of each partition.</summary>
    public long[] Sequences { get; }

    /// <summary>Seek points met on the way.</summary>
    public SegmentIndex Index { get; }

    /// <summary>Good blocks so far.</summary>
    public long Blocks { get; private set; }

    /// <summary>Records in them.</summary>
    public long Records { get; private set; }

    /// <summary>What stopped the scan; null at the proper end.</summary>
    public string? Fault { get; private set; }

    /// <summary>Whether the fault is bytes that are not what any writer meant, as an interrupted write leaves them. False: the
    /// block is intact but does not belong here, which no interruption explains.</summary>
    public bool FaultMayBeTear { get; private set; }

    /// <summary>Whether everything from <see cref="Offset"/> on is zeros: room that was made ahead and not written yet, see
    /// <see cref="SegmentReserve"/>. Then there is no fault.</summary>
    public bool IsRoomLeft { get; private set; }

    /// <summary>Verifies blocks until the end or the first fault.</summary>
    public void Run()
    {
        while (Fault is null && !IsRoomLeft && Offset < _end)
            Step();
    }

    /// <summary>Reads again what was a fault: it may have been a block in writing. Whether it is good now.</summary>
    public bool TryAgain()
    {
        var offset = Offset;
        _blocks.Forget();
        Fault = null;
        Run();
        return Offset > offset || Fault is null;
    }

    /// <summary>Where a good block follows the fault; null if none does.</summary>
    public long? FindLaterBlock() => _blocks.FindHeadAfter(Offset, _end, NextBlock);

    /// <summary>Goes on after a fault at a block that <see cref="FindLaterBlock"/> found, taking its numbers as they are.</summary>
    public void ResumeAt(long offset)
    {
        (Fault, Offset) = (_blocks.ReadHead(offset, _end), offset);
        FaultMayBeTear = true;
        if (Fault is not null)
            return;
        (NextBlock, ArrivalMs) = (_blocks.Header.Number, _blocks.Header.ArrivalMs);
        for (var i = _blocks.Chunks.Length - 1; i >= 0; i--)
            Sequences[_blocks.Chunks[i].Partition] = _blocks.Chunks[i].FirstSequence;
    }

    private void Step()
    {
        Fault = _blocks.ReadHead(Offset, _end) ?? _blocks.VerifyChunks();
        if (Fault is not null && _blocks.IsZeroFrom(Offset, _end))
            (Fault, IsRoomLeft) = (null, true);
        if (IsRoomLeft)
            return;
        FaultMayBeTear = Fault is not null;
        Fault ??= CheckOrder();
        if (Fault is not null)
            return;

        Index.Offer(Offset, Sequences);
        foreach (ref readonly var chunk in _blocks.Chunks)
        {
            Sequences[chunk.Partition] = chunk.NextSequence;
            Records += chunk.Count;
        }

        Blocks++;
        NextBlock++;
        ArrivalMs = _blocks.Header.ArrivalMs;
        Offset = _blocks.NextOffset;
    }

    private string? CheckOrder()
    {
        var header = _blocks.Header;
        if (header.Number != NextBlock)
            return $"block {header.Number} stands where block {NextBlock} belongs";
        if (header.ArrivalMs < ArrivalMs)
            return $"block {header.Number} arrived before the block in front of it";
        Span<long> reached = stackalloc long[Sequences.Length];
        Sequences.CopyTo(reached);
        foreach (ref readonly var chunk in _blocks.Chunks)
        {
            if (chunk.FirstSequence != reached[chunk.Partition])
                return $"partition {chunk.Partition} continues with sequence {chunk.FirstSequence} where {reached[chunk.Partition]} belongs";
            reached[chunk.Partition] = chunk.NextSequence;
        }

        return null;
    }
}
