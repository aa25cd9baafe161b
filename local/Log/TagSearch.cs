using ClickFuncs.Log;

namespace ClickFuncs.Local.Log;

/// <summary>Finds how far a bulk producer came, by walking block headers from the newest segment back.</summary>
internal static class TagSearch
{
    /// <summary>See <see cref="SegmentLog.TryFindLastTag"/>.</summary>
    public static bool TryFindLast(SegmentCatalog catalog, Guid runId, long fromBlock, out long offset)
    {
        var segments = catalog.Snapshot();
        for (var i = segments.Length - 1; i >= 0; i--)
        {
            if (LastIn(segments[i], runId, fromBlock) is { } found)
            {
                offset = found;
                return true;
            }

            if (segments[i].Header.FirstBlock <= fromBlock)
                break;
        }

        offset = 0;
        return false;
    }

    private static long? LastIn(Segment segment, Guid runId, long fromBlock)
    {
        var blocks = new BlockReader { ReadAhead = 16 * 1024 };
        blocks.Open(segment.OpenFile(), segment.Path, segment.Header);
        long? last = null;
        var end = segment.DurableLength;
        for (var at = (long)segment.Header.Length; at < end; at = blocks.NextOffset)
        {
            if (blocks.ReadHead(at, end) is { } fault)
                throw new LogCorruptException(FormattableString.Invariant($"Log segment {segment.Path} is damaged at offset {at}: {fault}."));
            if (blocks.Header.Number >= fromBlock && blocks.Header.Tag is { } tag && tag.RunId == runId)
                last = tag.Offset;
        }

        return last;
    }
}
