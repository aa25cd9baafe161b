namespace ClickFuncs.Local.Log;

/// <summary>
/// Where to start reading in a segment: one block about every mebibyte, so a seek walks over a mebibyte of block headers at
/// most and the index of a full segment takes some kilobytes. It is a cache: made while writing or by walking the headers.
/// </summary>
internal sealed class SegmentIndex(SegmentHeader header)
{
    private const long Spacing = 1 << 20;
    private readonly Lock _gate = new();
    private readonly List<IndexPoint> _points = [new(header.Length, header.FirstSequences)];

    /// <summary>Offers a block, in file order; it is kept if it lies far enough behind the last one kept.</summary>
    /// <param name="offset">Where it starts.</param>
    /// <param name="sequences">What each partition has reached before it; copied.</param>
    public void Offer(long offset, ReadOnlySpan<long> sequences)
    {
        lock (_gate)
        {
            if (offset - _points[^1].Offset >= Spacing)
                _points.Add(new IndexPoint(offset, sequences.ToArray()));
        }
    }

    /// <summary>Offset of a block at or before the one that holds <paramref name="sequence"/>.</summary>
    public long Locate(int partition, long sequence)
    {
        lock (_gate)
        {
            var (low, high) = (0, _points.Count - 1);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                if (_points[middle].Sequences[partition] <= sequence)
                    low = middle;
                else
                    high = middle - 1;
            }

            return _points[low].Offset;
        }
    }
}
