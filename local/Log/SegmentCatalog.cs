namespace ClickFuncs.Local.Log;

/// <summary>The segments of the log in order, at least one. Readers take a snapshot without a lock; the writer adds at the end,
/// retention removes at the front.</summary>
internal sealed class SegmentCatalog(Segment[] segments)
{
    private readonly Lock _gate = new();
    private volatile Segment[] _segments = segments;
    private long _closedBytes = segments[..^1].Sum(segment => segment.DurableLength);

    /// <summary>All segments, oldest first.</summary>
    public Segment[] Snapshot() => _segments;

    /// <summary>The segment that is written.</summary>
    public Segment Active => _segments[^1];

    /// <summary>Bytes of all segments, written ones only.</summary>
    public long Bytes => Volatile.Read(ref _closedBytes) + Active.DurableLength;

    /// <summary>First sequence number retained of a partition.</summary>
    public long FirstSequence(int partition) => _segments[0].Header.FirstSequences[partition];

    /// <summary>Adds the new last segment.</summary>
    public void Add(Segment segment)
    {
        lock (_gate)
        {
            Volatile.Write(ref _closedBytes, _closedBytes + Active.DurableLength);
            _segments = [.. _segments, segment];
        }
    }

    /// <summary>Takes the oldest segment out, so that no reader finds it any more.</summary>
    public Segment RemoveOldest()
    {
        lock (_gate)
        {
            var oldest = _segments[0];
            _segments = _segments[1..];
            Volatile.Write(ref _closedBytes, _closedBytes - oldest.DurableLength);
            return oldest;
        }
    }

    /// <summary>The segment that holds, or will hold, the sequence; null when it is older than what is retained.</summary>
    public Segment? Find(int partition, long sequence)
    {
        var segments = _segments;
        if (sequence < segments[0].Header.FirstSequences[partition])
            return null;
        var (low, high) = (0, segments.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (segments[middle].Header.FirstSequences[partition] <= sequence)
                low = middle;
            else
                high = middle - 1;
        }

        return segments[low];
    }

    /// <summary>The segment after <paramref name="segment"/>; null while that is the last one.</summary>
    public Segment? After(Segment segment)
    {
        foreach (var candidate in _segments)
        {
            if (candidate.Header.FirstBlock > segment.Header.FirstBlock)
                return candidate;
        }

        return null;
    }
}
